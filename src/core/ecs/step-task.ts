import type { NetworkBinding, StopCode, Task, TaskContainer } from './task.ts'

/** A container as the engine has it. */
export interface SeenContainer {
  /** The name in the task definition. */
  readonly name: string
  readonly id: string
  readonly state: 'created' | 'running' | 'exited'
  readonly exitCode?: number
  readonly isOutOfMemory: boolean
  readonly imageDigest?: string
  readonly bindings: readonly NetworkBinding[]
}

/** What is to be done to one container next; done twice it does no harm. */
export type TaskAction =
  | { readonly do: 'start'; readonly container: TaskContainer }
  | { readonly do: 'stop' | 'remove'; readonly id: string; readonly container: TaskContainer }

export interface TaskStep {
  readonly task: Task
  readonly actions: readonly TaskAction[]
}

/**
 * How a task goes on from here: what it is now, given what the engine has of it, and what is to be done next. A task is RUNNING when
 * all its containers run, stops when one that is essential stops, and is STOPPED when none runs any more.
 *
 * @param at milliseconds since 1970
 * @see Amazon ECS developer guide, "Amazon ECS task lifecycle"
 */
export function stepTask(task: Task, seen: readonly SeenContainer[], at: number): TaskStep {
  if (task.status === 'STOPPED') return { task, actions: [] }
  const looked = { ...task, containers: task.containers.map((one) => look(one, seenOf(one, seen))) }
  const ended = looked.desired === 'RUNNING' && looked.containers.find(isEnd)
  const now = ended
    ? stopping(looked, 'EssentialContainerExited', 'Essential container in task exited', at)
    : looked
  const next = now.desired === 'RUNNING' ? keepRunning(now, at) : keepStopping(now, seen, at)
  const changed = JSON.stringify(next.task) !== JSON.stringify(task)
  return changed ? { ...next, task: { ...next.task, version: task.version + 1 } } : next
}

/** A task on its way down, for a reason that stays. */
export function stopping(task: Task, stopCode: StopCode, stoppedReason: string, at: number): Task {
  if (task.desired === 'STOPPED') return task
  return { ...task, desired: 'STOPPED', stopCode, stoppedReason, stoppingAt: at, version: task.version + 1 }
}

/** A task one of whose containers can't be started, and why. */
export function failedToStart(task: Task, name: string, reason: string, at: number): Task {
  const containers = task.containers.map((one) => (one.definition.name === name ? { ...one, reason } : one))
  return stopping({ ...task, containers }, 'TaskFailedToStart', 'Task failed to start', at)
}

function seenOf({ definition }: TaskContainer, seen: readonly SeenContainer[]): SeenContainer | undefined {
  return seen.find(({ name }) => name === definition.name)
}

function look(container: TaskContainer, seen: SeenContainer | undefined): TaskContainer {
  if (container.status === 'STOPPED') return container
  if (seen === undefined) {
    if (container.status === 'PENDING') return container
    return { ...container, status: 'STOPPED', reason: 'ContainerVanishedError: The container is gone.' }
  }
  const known = {
    ...container,
    runtimeId: seen.id,
    ...(seen.imageDigest !== undefined && { imageDigest: seen.imageDigest }),
  }
  if (seen.state === 'created') return known
  if (seen.state === 'running') return { ...known, status: 'RUNNING', bindings: seen.bindings }
  return {
    ...known,
    status: 'STOPPED',
    ...(seen.exitCode !== undefined && { exitCode: seen.exitCode }),
    ...(seen.isOutOfMemory && { reason: 'OutOfMemoryError: Container killed due to memory usage' }),
  }
}

function isEnd({ definition, status }: TaskContainer): boolean {
  return status === 'STOPPED' && definition.essential !== false
}

function keepRunning(task: Task, at: number): TaskStep {
  const pending = task.containers.filter(({ status }) => status === 'PENDING')
  if (pending.length > 0) return { task, actions: pending.map((container) => ({ do: 'start', container })) }
  return {
    task: task.status === 'RUNNING' ? task : { ...task, status: 'RUNNING', startedAt: at },
    actions: [],
  }
}

function keepStopping(task: Task, seen: readonly SeenContainer[], at: number): TaskStep {
  const pairs = task.containers.flatMap((container) => {
    const found = seenOf(container, seen)
    return found ? [{ container, id: found.id, state: found.state }] : []
  })
  const running = pairs.filter(({ state }) => state === 'running')
  if (running.length > 0 && at < (task.drainsUntil ?? 0)) {
    return { task: { ...task, status: 'DEACTIVATING' }, actions: [] }
  }
  if (running.length > 0) {
    const actions = running.map(({ container, id }) => ({ do: 'stop', container, id }) as const)
    return { task: { ...task, status: 'STOPPING' }, actions }
  }
  if (pairs.length > 0) {
    const actions = pairs.map(({ container, id }) => ({ do: 'remove', container, id }) as const)
    return { task, actions }
  }
  const containers = task.containers.map((one) => ({ ...one, status: 'STOPPED' }) as const)
  return { task: { ...task, containers, status: 'STOPPED', stoppedAt: at }, actions: [] }
}
