import type { ClusterKey } from '../../core/ecs/cluster.ts'
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
  /** What a request with this token has started. */
  ofToken(cluster: ClusterKey, token: string): Promise<Task[]>
}

export interface TaskWriter {
  /** Finds a task and keeps others from changing it until the transaction ends. */
  lock(key: TaskKey): Promise<Task | undefined>
  /** Adds a task or takes its place. Until it is stopped it uses the images of its containers. @see ImageUseReader */
  put(task: Task): Promise<void>
  /** For a task that is stopped. */
  delete(key: TaskKey): Promise<void>
}
