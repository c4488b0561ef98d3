import type { Deployment } from './deployment.ts'
import { hasStarted, isImpaired, wasUnableToPlace } from './notices.ts'
import { mayStart } from './pinned-images.ts'
import { mostTasks, primaryOf } from './service.ts'
import {
  deploymentToFill,
  liveTasks,
  type SchedulerSurroundings,
  type Turn,
  withDeployment,
  withNotices,
  withProblem,
  withService,
  withWait,
} from './turn.ts'
import { isFailing } from './unhealthy-tasks.ts'

/** How long it takes until a place is looked for again. */
const placementPause = 10_000
/** From so many failures in a row on, AWS says that a service can't start tasks consistently. */
const failuresOfImpaired = 3

/** Starts what is missing, as far as there is room. */
export function startTasks(turn: Turn, around: SchedulerSurroundings): Turn {
  const target = deploymentToFill(turn.service)
  if (target === undefined) return turn
  const limits = [missingTasks(turn, target, around.at), roomLeft(turn), mayStart(target, turn.seen)]
  const count = Math.min(...limits)
  if (count <= 0) return turn
  if (around.at < target.startsAfter) return holdBack(turn, target, around.at)
  const { fits, obstacle } = around.place(target, count)
  const started = start(turn, target, fits, around)
  if (obstacle === undefined) return started
  const crowded = withWait({ ...started, isCrowded: true }, around.at + placementPause)
  return withProblem(crowded, wasUnableToPlace(turn.service, obstacle, around.at), around.at)
}

/** How many tasks a deployment lacks; those that fail their health checks don't count. */
export function missingTasks(turn: Turn, target: Deployment, at: number): number {
  const { service } = turn
  // A deployment that stands in for one that failed makes up only for what is missing of both.
  const standsIn = target.id !== primaryOf(service).id
  const usable = liveTasks(turn).filter(
    ({ deployment, task }) => (standsIn || deployment.id === target.id) && !isFailing(service, task, at),
  )
  return service.desiredCount - usable.length
}

/** How many tasks more there may be. */
export function roomLeft(turn: Turn): number {
  return mostTasks(turn.service) - liveTasks(turn).length
}

function holdBack(turn: Turn, { startsAfter, failedTasks }: Deployment, at: number): Turn {
  const waiting = withWait(turn, startsAfter)
  if (failedTasks < failuresOfImpaired) return waiting
  return withProblem(waiting, isImpaired(turn.service, at), at)
}

function start(turn: Turn, target: Deployment, count: number, { newTaskId }: SchedulerSurroundings): Turn {
  if (count === 0) return turn
  const ids = Array.from({ length: count }, newTaskId)
  const tasks = [...target.tasks, ...ids.map((id) => ({ id, hasBeenUp: false }))]
  const seen = new Map(turn.seen)
  for (const id of ids) seen.set(id, { id, phase: 'pending', health: 'none', endedByItself: false })
  const next: Turn = {
    ...turn,
    seen,
    starts: [...turn.starts, ...ids.map((id) => ({ id, deployment: target }))],
  }
  const changed = withService(next, withDeployment(turn.service, { ...target, tasks }))
  return withNotices(changed, hasStarted(turn.service, ids))
}
