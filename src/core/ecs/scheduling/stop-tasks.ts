import { hasStopped } from './notices.ts'
import { fewestHealthy, primaryOf } from './service.ts'
import { type HealthRule, isUp, type ServiceTask } from './service-task.ts'
import { missingTasks, roomLeft } from './start-tasks.ts'
import {
  deploymentToFill,
  type LiveTask,
  liveTasks,
  type Turn,
  withNotices,
  withStops,
  withWait,
} from './turn.ts'

/**
 * Stops what is too much: tasks of older deployments, as soon as enough others are healthy or where only that makes room, and tasks
 * beyond the number that is desired. Protected tasks stay.
 */
export function stopTasks(turn: Turn, around: HealthRule): Turn {
  return stopSurplus(stopOlder(turn, around), around)
}

function stopOlder(turn: Turn, around: HealthRule): Turn {
  const primary = primaryOf(turn.service)
  if (primary.rollout === 'FAILED') return turn
  const older = liveTasks(turn).filter(({ deployment }) => deployment.id !== primary.id)
  const free = unprotected(older, around.at)
  const waiting = waitForProtected(turn, older, around.at)
  const idle = stop(
    waiting,
    free.filter(({ task }) => !mayServe(task)),
  )
  const serving = leastUsefulFirst(
    free.filter(({ task }) => mayServe(task)),
    around,
  )
  const count = Math.min(howManyMayGo(idle, around), howManyAreSpare(idle, serving, around))
  return stop(idle, serving.slice(0, Math.max(0, count)))
}

/** Whether somebody may be asking a task: it runs, though its health isn't known for sure yet. */
function mayServe({ phase, health }: ServiceTask): boolean {
  return phase === 'running' && health !== 'unhealthy'
}

/** How many tasks of older deployments needn't be there any more, or must make room for those that are missing. */
function howManyMayGo(turn: Turn, around: HealthRule): number {
  const { service } = turn
  const primary = primaryOf(service)
  const serving = liveTasks(turn).filter(({ deployment, task }) =>
    deployment.id === primary.id ? isUp(task, around) : mayServe(task),
  ).length
  const surplus = Math.max(0, serving - service.desiredCount)
  const missing = missingTasks(turn, primary, around.at)
  const needed = missing - (turn.isCrowded ? 0 : Math.max(0, roomLeft(turn)))
  return Math.max(surplus, Math.min(needed, serving - fewestHealthy(service)))
}

function stopSurplus(turn: Turn, around: HealthRule): Turn {
  const primary = primaryOf(turn.service)
  const target = deploymentToFill(turn.service) ?? primary
  const surplus = -missingTasks(turn, target, around.at)
  if (surplus <= 0) return turn
  const own = liveTasks(turn).filter(
    ({ deployment }) => primary.id !== target.id || deployment.id === target.id,
  )
  const candidates = unprotected(leastUsefulFirst(own, around), around.at)
  const count = Math.min(surplus, howManyAreSpare(turn, candidates, around))
  return stop(waitForProtected(turn, own, around.at), candidates.slice(0, count))
}

/** How many of these may stop without too few being healthy: where one that isn't up yet is protected, no healthy one goes in its place. */
function howManyAreSpare(turn: Turn, candidates: readonly LiveTask[], around: HealthRule): number {
  const up = (tasks: readonly LiveTask[]) => tasks.filter(({ task }) => isUp(task, around)).length
  const spareUp = Math.max(0, up(liveTasks(turn)) - fewestHealthy(turn.service))
  return candidates.length - up(candidates) + spareUp
}

/** Has tasks stop, since the service's tasks are too many or in the wrong place. */
export function stop(turn: Turn, tasks: readonly LiveTask[]): Turn {
  if (tasks.length === 0) return turn
  const { id } = primaryOf(turn.service)
  const reason = `Scaling activity initiated by (deployment ${id})`
  const ids = tasks.map(({ task }) => task.id)
  const stopped = withStops(
    turn,
    ids.map((one) => ({ id: one, reason })),
  )
  return withNotices(stopped, hasStopped(turn.service, ids))
}

/** Those that may be stopped by now. */
export function unprotected(tasks: readonly LiveTask[], at: number): readonly LiveTask[] {
  return tasks.filter(({ task }) => at >= (task.protectedUntil ?? 0))
}

function waitForProtected(turn: Turn, tasks: readonly LiveTask[], at: number): Turn {
  const ends = tasks.flatMap(({ task }) => task.protectedUntil ?? []).filter((until) => at < until)
  return ends.reduce(withWait, turn)
}

/** Those that aren't up before those that are, and of these the newest first. */
export function leastUsefulFirst(tasks: readonly LiveTask[], around: HealthRule): readonly LiveTask[] {
  const rank = ({ task }: LiveTask) => (isUp(task, around) ? 1 : 0)
  const age = ({ task }: LiveTask) => task.startedAt ?? Number.MAX_SAFE_INTEGER
  return tasks.toSorted((one, other) => rank(one) - rank(other) || age(other) - age(one))
}
