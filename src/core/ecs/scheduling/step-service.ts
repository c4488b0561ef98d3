import { breakCircuit } from './break-circuit.ts'
import { drainInstance } from './drain-instance.ts'
import {
  deploymentCompleted,
  deploymentStarted,
  hasBegunDraining,
  isSteady,
  isStuck,
  type Notice,
} from './notices.ts'
import { primaryOf, type Service } from './service.ts'
import { type HealthRule, isUp, type ServiceTask, settledAt } from './service-task.ts'
import { settle } from './settle.ts'
import { startTasks } from './start-tasks.ts'
import { stopTasks } from './stop-tasks.ts'
import {
  liveTasks,
  type SchedulerSurroundings,
  type TaskStart,
  type TaskStop,
  type Turn,
  withNotices,
  withProblem,
  withService,
  withStops,
  withWait,
} from './turn.ts'
import { stopUnhealthy } from './unhealthy-tasks.ts'

/** What comes next for a service. */
export interface ServiceStep {
  readonly service: Service
  readonly starts: readonly TaskStart[]
  readonly stops: readonly TaskStop[]
  /** In the order in which they happened. */
  readonly notices: readonly Notice[]
  /** When to look again though no task has changed, in milliseconds since 1970. */
  readonly nextAt?: number
}

const sixHours = 6 * 60 * 60 * 1000
/** How long a deleted service can be described. */
const keptFor = 60 * 60 * 1000

/**
 * How a service goes on from here, given its tasks: those it counts on, and all that haven't stopped. What it says is to be done in
 * the same transaction that keeps the service; a step after that, with the tasks as they are by then, goes on from there.
 *
 * @see Amazon ECS developer guide, "Deploy Amazon ECS services by replacing tasks"
 */
export function stepService(
  service: Service,
  tasks: readonly ServiceTask[],
  around: SchedulerSurroundings,
): ServiceStep {
  const { at } = around
  const seen = new Map(tasks.map((task) => [task.id, task]))
  const begun: Turn = { service, seen, starts: [], stops: [], notices: [], waits: [], isCrowded: false }
  if (service.status === 'INACTIVE') return finish(begun)
  if (service.status === 'DRAINING') return finish(drain(settle(begun, around), at))
  const broken = breakCircuit(settle(announce(begun, at), around), at)
  const started = startTasks(broken, around)
  const stopped = stopTasks(drainInstance(stopUnhealthy(started, around), around), around)
  const waiting = awaitHealth(dropEmpty(stopped), around)
  return finish(beSteady(complete(complainIfStuck(waiting, around), around), around))
}

function finish({ service, starts, stops, notices, waits }: Turn): ServiceStep {
  const nextAt = waits.length === 0 ? undefined : Math.min(...waits)
  return { service, starts, stops, notices, ...(nextAt !== undefined && { nextAt }) }
}

/** Tells of deployments that have begun since the last look. */
function announce(turn: Turn, at: number): Turn {
  const { service } = turn
  const begun = service.deployments.filter(({ isAnnounced }) => !isAnnounced).toReversed()
  const deployments = service.deployments.map((one) => ({ ...one, isAnnounced: true }))
  const told = withService(turn, { ...service, deployments })
  return withNotices(told, ...begun.map((one) => deploymentStarted(service, one, at)))
}

function drain(turn: Turn, at: number): Turn {
  const live = liveTasks(turn)
  const reason = `Scaling activity initiated by (deployment ${primaryOf(turn.service).id})`
  if (live.length > 0) {
    const stops = live.map(({ task }) => ({ id: task.id, reason }))
    return withNotices(withStops(turn, stops), hasBegunDraining(turn.service, stops.length))
  }
  const remains = [...turn.seen.values()].some(({ phase }) => phase !== 'gone')
  if (remains) return turn
  const inactive = { ...turn.service, status: 'INACTIVE', inactiveAt: at } as const
  return withWait(withService(turn, inactive), at + keptFor)
}

/** A task without health checks is up when it has run for a while. */
function awaitHealth(turn: Turn, { at, settleTime }: HealthRule): Turn {
  return liveTasks(turn)
    .filter(({ task }) => task.phase === 'running' && task.health === 'none')
    .map(({ task }) => settledAt(task, settleTime))
    .filter((until) => at < until)
    .reduce(withWait, turn)
}

/** An older deployment without tasks is over. */
function dropEmpty(turn: Turn): Turn {
  const { service } = turn
  const primary = primaryOf(service)
  const deployments = service.deployments.filter((one) => one.id === primary.id || one.tasks.length > 0)
  return withService(turn, { ...service, deployments })
}

/** Whether the primary deployment is the only one and has exactly what it should have, all of it up. */
function isSettled(turn: Turn, around: HealthRule): boolean {
  const { deployments, desiredCount } = turn.service
  const live = liveTasks(turn)
  return (
    deployments.length === 1 && live.length === desiredCount && live.every(({ task }) => isUp(task, around))
  )
}

function complete(turn: Turn, around: HealthRule): Turn {
  const { at } = around
  const { service } = turn
  const primary = primaryOf(service)
  if (primary.rollout !== 'IN_PROGRESS' || !isSettled(turn, around)) return turn
  const completed = {
    ...primary,
    rollout: 'COMPLETED',
    rolloutReason: `ECS deployment ${primary.id} completed.`,
    failedTasks: 0,
    strikes: 0,
    updatedAt: at,
  } as const
  const lastCompleted = { ...completed, tasks: [] }
  return withNotices(
    withService(turn, { ...service, deployments: [completed], lastCompleted }),
    deploymentCompleted(service, completed, at),
  )
}

/** Says that all is as it should be: when it has become so, and again each six hours that it stays so. */
function beSteady(turn: Turn, around: HealthRule): Turn {
  const { at } = around
  const { steadyAt, ...unsteady } = turn.service
  if (!isSettled(turn, around) || primaryOf(unsteady).rollout !== 'COMPLETED')
    return withService(turn, unsteady)
  const { problem: _, ...service } = unsteady
  const isSaid = steadyAt !== undefined && at < steadyAt + sixHours
  const since = isSaid ? steadyAt : at
  const steady = withWait(withService(turn, { ...service, steadyAt: since }), since + sixHours)
  return isSaid ? steady : withNotices(steady, isSteady(service, at))
}

/** A deployment in which nothing moves, nor will, is one whose percentages leave no way. */
function complainIfStuck(turn: Turn, around: HealthRule): Turn {
  const { at } = around
  const { service, starts, stops, waits } = turn
  const primary = primaryOf(service)
  const moves =
    starts.length + stops.length + waits.length > 0 ||
    !liveTasks(turn).every(({ task }) => isUp(task, around))
  if (service.deployments.length === 1 || primary.rollout === 'FAILED' || moves) return turn
  return withProblem(turn, isStuck(service), at)
}
