import type { ClusterKey } from '../../core/ecs/cluster.ts'
import type { ServiceKey } from '../../core/ecs/scheduling/service-key.ts'
import type { Task, TaskKey } from '../../core/ecs/task.ts'

export interface TaskCounts {
  readonly running: number
  /** Those that are to run and don't yet. */
  readonly pending: number
}

export interface TaskPage {
  readonly desired: Task['desired']
  readonly family?: string | undefined
  readonly startedBy?: string | undefined
  /** The name of a service. */
  readonly service?: string | undefined
  /** The id of a container instance. */
  readonly instance?: string | undefined
  /** The id of the last one of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface TaskReader {
  find(key: TaskKey): Promise<Task | undefined>
  /** Tasks of a cluster by their ids. */
  list(cluster: ClusterKey, page: TaskPage): Promise<Task[]>
  /** Whether any task, of whatever cluster, hasn't stopped yet. */
  anyUnfinished(): Promise<boolean>
  counts(cluster: ClusterKey): Promise<TaskCounts>
  /** The tasks of a service that haven't stopped, and those of these ids. */
  ofService(key: ServiceKey, ids: readonly string[]): Promise<Task[]>
  /** How many tasks of a service each of its deployments has, of those that are to run. */
  countsByDeployment(key: ServiceKey): Promise<ReadonlyMap<string, TaskCounts>>
  /** All that haven't stopped, of every account: they share one engine. */
  remaining(): Promise<Task[]>
  /** Those of these ids that are there, by id. */
  ofIds(cluster: ClusterKey, ids: readonly string[]): Promise<Task[]>
}

export interface TaskWriter {
  /** Finds a task and keeps others from changing it until the transaction ends. */
  lock(key: TaskKey): Promise<Task | undefined>
  /** Adds a task or takes its place. Until it is stopped it uses the images of its containers. @see ImageUseReader */
  put(task: Task): Promise<void>
  /** For a task that is stopped. */
  delete(key: TaskKey): Promise<void>
}
