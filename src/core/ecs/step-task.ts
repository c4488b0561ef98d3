import { readinessOf } from './running/await-dependencies.ts'
import { hasEnded, hasEndedWithEngine } from './running/ended-with-engine.ts'
import { lookAtTask } from './running/look-at-container.ts'
import { needsPause, type SeenTask, seenOf } from './running/seen-task.ts'
import { startsAfter } from './running/starts-after.ts'
import type { StopCode, Task, TaskContainer } from './task.ts'

/** What is to be done next; done twice it does no harm. `provision` makes what the containers share, `release` removes it and the volumes. */
export type TaskAction =
  | { readonly do: 'provision' }
  | { readonly do: 'release' }
  | { readonly do: 'start'; readonly container: TaskContainer }
  | { readonly do: 'restart' | 'stop' | 'remove'; readonly id: string; readonly container: TaskContainer }

export interface TaskStep {
  readonly task: Task
  readonly actions: readonly TaskAction[]
  /** When it changes though nothing happens, in milliseconds since 1970. */
  readonly wakeAt?: number | undefined
}

/** How long it takes until a task is looked at again of which something has ended though its engine may have, in milliseconds. */
const untilEngineIsKnown = 1000

/**
 * How a task goes on from here: what it is now, given what the engine has of it, and what is to be done next. A task is RUNNING when
 * all its containers have started, stops when one that is essential stops, and is STOPPED when nothing is left of it.
 *
 * @param at milliseconds since 1970
 * @see Amazon ECS developer guide, "Amazon ECS task lifecycle"
 */
export function stepTask(task: Task, seen: SeenTask, at: number): TaskStep {
  if (task.status === 'STOPPED') return { task, actions: [] }
  if (task.desired === 'RUNNING' && seen.engineUpSince === undefined && hasEnded(task, seen)) {
    return { task, actions: [], wakeAt: at + untilEngineIsKnown }
  }
  const looked = lookAtTask(task, seen)
  const judged = looked.desired === 'RUNNING' ? stopIfNeeded(looked, seen, at) : looked
  const isLost = judged.desired !== task.desired && hasEndedWithEngine(task, seen)
  const now: Task = isLost ? { ...judged, isLost } : judged
  const next = now.desired === 'RUNNING' ? keepRunning(now, seen, at) : keepStopping(now, seen, at)
  const changed = JSON.stringify(next.task) !== JSON.stringify(task)
  return changed ? { ...next, task: { ...next.task, version: task.version + 1 } } : next
}

/** A task on its way down, for a reason that stays. */
export function stopping(task: Task, stopCode: StopCode, stoppedReason: string, at: number): Task {
  if (task.desired === 'STOPPED') return task
  return { ...task, desired: 'STOPPED', stopCode, stoppedReason, stoppingAt: at, version: task.version + 1 }
}

/** A task one of whose containers can't be started, and why: it goes on if it can do without. */
export function failedToStart(task: Task, name: string, reason: string, at: number): Task {
  const failed = task.containers.find(({ definition }) => definition.name === name)
  if (failed === undefined || failed.status === 'STOPPED') return task
  const containers = task.containers.map((one) =>
    one === failed ? ({ ...one, status: 'STOPPED', reason } as const) : one,
  )
  const without = { ...task, containers, version: task.version + 1 }
  if (failed.definition.essential === false) return without
  return stopping(without, 'TaskFailedToStart', 'Task failed to start', at)
}

/** A task one of whose containers has ended for good, since it can't be started again, and why. */
export function failedToRestart(task: Task, name: string, reason: string): Task {
  const containers = task.containers.map((one) =>
    one.definition.name === name ? ({ ...one, status: 'STOPPED', reason } as const) : one,
  )
  return { ...task, containers, version: task.version + 1 }
}

/** A task that lacks what all of it needs, and why. */
export function failedToInitialise(task: Task, reason: string, at: number): Task {
  return stopping(task, 'TaskFailedToStart', reason, at)
}

/** A task that its engine's machine has no use for, and why, which says nothing of what it runs. */
export function lostToMachine(task: Task, reason: string, at: number): Task {
  const failed = failedToInitialise(task, reason, at)
  return failed === task ? task : { ...failed, isLost: true }
}

function stopIfNeeded(task: Task, seen: SeenTask, at: number): Task {
  const ended = task.containers.some(
    ({ definition, status }) => status === 'STOPPED' && definition.essential !== false,
  )
  const lostItsBase = needsPause(task) && task.status === 'RUNNING' && !seen.pause?.isRunning
  if (ended || lostItsBase) {
    return stopping(task, 'EssentialContainerExited', 'Essential container in task exited', at)
  }
  for (const one of task.containers.filter(({ status }) => status === 'PENDING')) {
    const readiness = readinessOf(one, task, at)
    if (readiness.is === 'hopeless') return failedToStart(task, one.definition.name, readiness.reason, at)
  }
  return task
}

function keepRunning(task: Task, seen: SeenTask, at: number): TaskStep {
  if (needsPause(task) && !seen.pause?.isRunning && task.status !== 'RUNNING') {
    return { task: { ...task, status: 'PROVISIONING' }, actions: [{ do: 'provision' }] }
  }
  const restarts = restartsOf(task, seen)
  const pending = task.containers.filter(({ status }) => status === 'PENDING')
  if (pending.length === 0) {
    return {
      task: task.status === 'RUNNING' ? task : { ...task, status: 'RUNNING', startedAt: at },
      actions: restarts,
    }
  }
  const waits = pending.map((container) => ({ container, readiness: readinessOf(container, task, at) }))
  const ready = waits.filter(({ readiness }) => readiness.is === 'ready')
  const times = waits.flatMap(({ readiness }) => (readiness.is === 'waiting' ? (readiness.until ?? []) : []))
  return {
    task: { ...task, status: 'PENDING' },
    actions: [...restarts, ...ready.map(({ container }) => ({ do: 'start', container }) as const)],
    ...(times.length > 0 && { wakeAt: Math.min(...times) }),
  }
}

/** Those that run to whoever looks at the task, and have ended on the engine. */
function restartsOf({ containers }: Task, seen: SeenTask): readonly TaskAction[] {
  return containers.flatMap((container) => {
    const found = seenOf(container, seen)
    if (container.status !== 'RUNNING' || found?.state !== 'exited') return []
    return { do: 'restart', container, id: found.id } as const
  })
}

function keepStopping(task: Task, seen: SeenTask, at: number): TaskStep {
  const left = task.containers.flatMap((container) => {
    const found = seenOf(container, seen)
    return found ? [{ container, id: found.id, state: found.state }] : []
  })
  const running = left.filter(({ state }) => state === 'running')
  if (running.length > 0 && at < (task.drainsUntil ?? 0)) {
    return { task: { ...task, status: 'DEACTIVATING' }, actions: [], wakeAt: task.drainsUntil }
  }
  if (running.length > 0) {
    const actions = notNeededBy(running).map(({ container, id }) => ({ do: 'stop', container, id }) as const)
    return { task: { ...task, status: 'STOPPING' }, actions }
  }
  const ended = { ...task, executionStoppedAt: task.executionStoppedAt ?? at }
  if (left.length > 0) {
    const actions = left.map(({ container, id }) => ({ do: 'remove', container, id }) as const)
    return { task: ended, actions }
  }
  if (seen.isBusy) return { task, actions: [] }
  if (seen.pause !== undefined || seen.hasVolumes) {
    const status = task.networkMode === 'awsvpc' ? 'DEPROVISIONING' : task.status
    return { task: { ...ended, status }, actions: [{ do: 'release' }] }
  }
  const containers = task.containers.map((one) => ({ ...one, status: 'STOPPED' }) as const)
  return { task: { ...ended, containers, status: 'STOPPED', stoppedAt: at }, actions: [] }
}

/** Those that nothing else which still runs was started after: the last to start is the first to stop. */
function notNeededBy<Running extends { readonly container: TaskContainer }>(
  running: readonly Running[],
): readonly Running[] {
  const needed = new Set(
    running.flatMap(({ container }) =>
      startsAfter(container.definition).map(({ containerName }) => containerName),
    ),
  )
  return running.filter(({ container }) => !needed.has(container.definition.name))
}
