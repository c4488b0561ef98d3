import type { SeenTask } from '../core/ecs/running/seen-task.ts'
import {
  failedToInitialise,
  failedToRestart,
  failedToStart,
  lostToMachine,
  stepTask,
  type TaskAction,
  type TaskStep,
} from '../core/ecs/step-task.ts'
import { type Task, type TaskContainer, type TaskKey, taskArn } from '../core/ecs/task.ts'
import { putTasks } from '../registry/ecs/put-tasks.ts'
import { ContainerError, EngineUnreachableError, MachineError } from './engine.ts'
import { startContainer } from './start-container.ts'
import type { TaskWork } from './task-work.ts'

const second = 1000
/** How often a task is looked at that nothing is told of. */
const lookAgain = { watching: 60 * second, blind: second }
/** After what went wrong and may go right the next time. */
const tryAgain = 2 * second
/** How long a stopped task can be described. */
const keptFor = 60 * 60 * second
/** What adds something to the engine. */
const making = ['provision', 'start', 'restart']

/**
 * Looks at a task's containers, notes what is new, and begins what comes next, without waiting for it. Resolves to when to look again.
 *
 * @throws EngineUnreachableError when the engine went away from a task that has its place there, which waits for it
 */
export async function reconcileTask(work: TaskWork, key: TaskKey): Promise<Date | undefined> {
  const { metadata, now } = work.registry
  const task = await metadata.tasks.find(key)
  if (task === undefined) return undefined
  if (task.status === 'STOPPED') return forget(work, task)
  try {
    return await lookAndStep(work, task)
  } catch (error) {
    if (!(error instanceof EngineUnreachableError) || hasPlace(task)) throw error
    await stopForWant(work, task, error.message)
    return new Date(now().getTime() + keptFor)
  }
}

function hasPlace({ instance, containers }: Task): boolean {
  return instance !== undefined || containers.some(({ runtimeId }) => runtimeId !== undefined)
}

async function lookAndStep(work: TaskWork, task: Task): Promise<Date> {
  const { engine, errands, isWatching, registry } = work
  const arn = taskArn(task)
  if (task.desired === 'STOPPED') errands.abort(arn, making)
  // Asked before looking: what is made meanwhile may not be seen yet.
  const isBusy = errands.isBusy(arn, making)
  if (task.status === 'RUNNING') await work.endpoint.open().catch(work.onError)
  const found = await engine.look(task)
  // Asked after looking: an engine that has ended since is no longer known to run.
  const seen: SeenTask = { ...found, isBusy, engineUpSince: work.engineUpSince() }
  const at = registry.now().getTime()
  const step = await change(work, task, (known) => stepTask(known, seen, at))
  for (const action of step?.actions ?? []) begin(work, step?.task ?? task, action)
  for (const container of talkersOf(step)) work.logs.begin(task, container, container.runtimeId ?? '')
  const next = at + (isWatching() ? lookAgain.watching : lookAgain.blind)
  return new Date(Math.min(next, step?.wakeAt ?? next))
}

/** Those that run: what one has said that is to start again goes on with that. */
function talkersOf(step: TaskStep | undefined): readonly TaskContainer[] {
  const { task, actions = [] } = step ?? {}
  const ended = actions.flatMap((action) => (action.do === 'restart' ? action.container : []))
  return (task?.containers ?? []).filter(
    (one) => one.status === 'RUNNING' && one.runtimeId && !ended.includes(one),
  )
}

async function forget({ registry: { metadata, now } }: TaskWork, task: Task): Promise<Date | undefined> {
  const until = (task.stoppedAt ?? 0) + keptFor
  if (now().getTime() < until) return new Date(until)
  await metadata.write(async (tx) => {
    await tx.tasks.delete(task)
    await tx.arnTags.clear(taskArn(task))
  })
  return undefined
}

/** A task that never had a place, since there was no engine. */
async function stopForWant(work: TaskWork, task: Task, reason: string): Promise<void> {
  const at = work.registry.now().getTime()
  const name = task.containers.find(({ definition }) => definition.essential !== false)?.definition.name ?? ''
  const nothing = { containers: [], hasVolumes: false, isBusy: false }
  await change(work, task, (known) => {
    const failed = failedToStart(known, name, `DockerClientConfigError: ${reason}`, at)
    return stepTask(failed, nothing, at)
  })
}

/** Changes a task from how it is by now, since a request may have changed it meanwhile. */
async function change(
  { registry }: TaskWork,
  key: TaskKey,
  step: (task: Task) => TaskStep,
): Promise<TaskStep | undefined> {
  return registry.metadata.write(async (tx) => {
    const known = await tx.tasks.lock(key)
    if (known === undefined) return undefined
    const next = step(known)
    if (next.task.version !== known.version) await putTasks(tx, registry, [next.task])
    return next
  })
}

function begin(work: TaskWork, task: Task, action: TaskAction): void {
  const name = 'container' in action ? action.container.definition.name : ''
  const errand = { task: taskArn(task), kind: action.do, name }
  work.errands.begin(
    errand,
    (signal) => attempt(work, task, action, signal),
    (isDone) => work.ring(task, isDone ? 0 : tryAgain),
  )
}

/** Never rejects: what can't be done ends the task or its container; what nobody foresaw is not done, and is tried again. */
async function attempt(
  work: TaskWork,
  task: Task,
  action: TaskAction,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await act(work, task, action, signal)
    return true
  } catch (error) {
    return signal.aborted || noteFailure(work, task, action, error)
  }
}

async function noteFailure(work: TaskWork, task: Task, action: TaskAction, error: unknown): Promise<boolean> {
  try {
    await fail(work, task, action, error)
    return true
  } catch (unforeseen) {
    work.onError(unforeseen)
    return false
  }
}

async function act(work: TaskWork, task: Task, action: TaskAction, signal: AbortSignal): Promise<void> {
  const { engine } = work
  switch (action.do) {
    case 'provision':
      return engine.provision(task)
    case 'start':
      return startContainer(work, task, action.container, signal)
    case 'restart':
      return restart(work, task, action, signal)
    case 'stop':
      return engine.stop(action.id, action.container)
    case 'remove':
      await work.logs.ship(task, action.container, action.id)
      return engine.remove(action.id)
    case 'release':
      return engine.release(task)
  }
}

/** All it has said is there before it says more, and it doesn't start once the task is to stop. */
async function restart(
  { logs, engine, registry }: TaskWork,
  task: Task,
  { container, id }: { readonly container: TaskContainer; readonly id: string },
  signal: AbortSignal,
): Promise<void> {
  await logs.ship(task, container, id)
  const known = await registry.metadata.tasks.find(task)
  if (!signal.aborted && known?.desired === 'RUNNING') await engine.restart(id)
}

async function fail(work: TaskWork, task: Task, action: TaskAction, error: unknown): Promise<void> {
  if (!(error instanceof ContainerError)) throw error
  const at = work.registry.now().getTime()
  await change(work, task, (known) => ({ task: failed(known, action, error, at), actions: [] }))
}

function failed(task: Task, action: TaskAction, error: ContainerError, at: number): Task {
  const { kind, message } = error
  if (error instanceof MachineError) return lostToMachine(task, message, at)
  if (action.do === 'restart') return failedToRestart(task, action.container.definition.name, message)
  return action.do === 'start' && kind !== 'ResourceInitializationError'
    ? failedToStart(task, action.container.definition.name, message, at)
    : failedToInitialise(task, message, at)
}
