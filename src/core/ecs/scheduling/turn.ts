import type { DeployedTask, Deployment } from './deployment.ts'
import type { Notice } from './notices.ts'
import { primaryOf, type Service } from './service.ts'
import type { HealthRule, ServiceTask } from './service-task.ts'

/** Why no more tasks of a deployment can be placed. */
export interface Obstacle {
  /** What AWS's message ends with. */
  readonly text: string
  /** The reason code of events, such as `RESOURCE:CPU`. */
  readonly reason?: string
}

/** What a scheduler goes by besides the service and its tasks. */
export interface SchedulerSurroundings extends HealthRule {
  /** Whether the service's tasks are to leave their instance, as far as that is possible. */
  readonly isDraining?: boolean
  /** A new id for a task: 32 hexadecimal digits. */
  readonly newTaskId: () => string
  /** How many of so many tasks find a place, and what keeps out the others. */
  readonly place: (
    deployment: Deployment,
    count: number,
  ) => { readonly fits: number; readonly obstacle?: Obstacle }
}

export interface TaskStart {
  readonly id: string
  readonly deployment: Deployment
}

export interface TaskStop {
  readonly id: string
  readonly reason: string
}

/** One look at a service, on its way through the rules. */
export interface Turn {
  readonly service: Service
  /** By id. */
  readonly seen: ReadonlyMap<string, ServiceTask>
  readonly starts: readonly TaskStart[]
  readonly stops: readonly TaskStop[]
  readonly notices: readonly Notice[]
  /** When something may change by itself, in milliseconds since 1970. */
  readonly waits: readonly number[]
  /** Whether a task that is wanted found no place. */
  readonly isCrowded: boolean
}

/** A task that a deployment counts on, as it is. */
export interface LiveTask {
  readonly deployment: Deployment
  readonly task: ServiceTask
}

export function liveTasks({ service, seen }: Turn): readonly LiveTask[] {
  return service.deployments.flatMap((deployment) =>
    deployment.tasks.flatMap(({ id }) => {
      const task = seen.get(id)
      return task ? [{ deployment, task }] : []
    }),
  )
}

/**
 * The deployment whose tasks make up for those that are missing: the primary one or, where that has failed for good, the one that
 * was completed last.
 */
export function deploymentToFill(service: Service): Deployment | undefined {
  const primary = primaryOf(service)
  if (primary.rollout !== 'FAILED') return primary
  return service.deployments.find(({ rollout }) => rollout === 'COMPLETED')
}

export function withDeployment(service: Service, changed: Deployment): Service {
  const deployments = service.deployments.map((one) => (one.id === changed.id ? changed : one))
  return { ...service, deployments }
}

export function withService(turn: Turn, service: Service): Turn {
  return { ...turn, service }
}

export function withNotices(turn: Turn, ...notices: readonly Notice[]): Turn {
  return { ...turn, notices: [...turn.notices, ...notices] }
}

export function withWait(turn: Turn, until: number): Turn {
  return { ...turn, waits: [...turn.waits, until] }
}

const sixHours = 6 * 60 * 60 * 1000

/** Says what is wrong, unless that is the last that was said and hours haven't passed since. */
export function withProblem(turn: Turn, notice: Notice, at: number): Turn {
  const { problem } = turn.service
  const message = notice.message ?? ''
  if (problem?.message === message && at < problem.at + sixHours) return turn
  return withNotices(withService(turn, { ...turn.service, problem: { message, at } }), notice)
}

/** Tells tasks to stop; no deployment counts on them any more. */
export function withStops(turn: Turn, stops: readonly TaskStop[]): Turn {
  const ids = new Set(stops.map(({ id }) => id))
  const remains = ({ id }: DeployedTask) => !ids.has(id)
  const deployments = turn.service.deployments.map((one) => ({ ...one, tasks: one.tasks.filter(remains) }))
  return { ...turn, service: { ...turn.service, deployments }, stops: [...turn.stops, ...stops] }
}
