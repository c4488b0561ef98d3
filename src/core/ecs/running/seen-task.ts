import type { HealthStatus, NetworkBinding, Task, TaskContainer } from '../task.ts'

/** A container as the engine has it. Times are milliseconds since 1970. */
export interface SeenContainer {
  /** The name in the task definition. */
  readonly name: string
  readonly id: string
  readonly state: 'created' | 'running' | 'exited'
  readonly startedAt?: number
  /** Of one that has exited. */
  readonly endedAt?: number
  readonly exitCode?: number
  readonly isOutOfMemory: boolean
  readonly health?: HealthStatus
  readonly imageDigest?: string
  readonly pullStartedAt?: number
  readonly pullStoppedAt?: number
  readonly bindings: readonly NetworkBinding[]
}

/** The container that holds what the containers of a task share. */
export interface SeenPause {
  readonly id: string
  readonly isRunning: boolean
  /** Of one that has exited, in milliseconds since 1970. */
  readonly endedAt?: number
  readonly address?: string
  readonly mac?: string
}

/** All that the engine has of a task. */
export interface SeenTask {
  readonly containers: readonly SeenContainer[]
  readonly pause?: SeenPause
  /** Whether volumes are left that go with the task. */
  readonly hasVolumes: boolean
  /** Whether something is being made of it just now. */
  readonly isBusy: boolean
  /** Since when the engine has surely run without a break, by its own clock in milliseconds since 1970; unknown while nobody can tell. */
  readonly engineUpSince?: number | undefined
}

/** What the engine has of a container. */
export function seenOf({ definition }: TaskContainer, { containers }: SeenTask): SeenContainer | undefined {
  return containers.find(({ name }) => name === definition.name)
}

/** Whether a task's containers share a network interface, processes or memory, which a container of its own holds for them. */
export function needsPause({ networkMode, pidMode, ipcMode }: Task): boolean {
  return networkMode === 'awsvpc' || pidMode === 'task' || ipcMode === 'task'
}
