import { rootOf } from '../access/principal.ts'
import type { RegistryTokens } from '../access/registry-tokens.ts'
import { type OwnNames, readOwnImage } from '../core/ecs/image-source.ts'
import { failedToStart, stepTask, type TaskAction } from '../core/ecs/step-task.ts'
import { imageToRun, type Task, type TaskKey } from '../core/ecs/task.ts'
import { DomainError } from '../core/errors.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import { putTasks } from '../registry/ecs/put-tasks.ts'
import { getManifest } from '../registry/get-manifest.ts'
import type { Registry } from '../registry/registry.ts'
import { ContainerError, type Engine, EngineUnreachableError, type ImageToPull } from './engine.ts'

/** What tasks are kept going with. */
export interface TaskWork {
  readonly registry: Registry
  readonly engine: Engine
  readonly tokens: Pick<RegistryTokens, 'issue'>
  readonly names: Omit<OwnNames, 'registry'>
  /** The host by which the engine finds a registry of this Berth. */
  readonly hostOf: (registry: RegistryKey) => string
}

const second = 1000
/** How long a stopped task can be described. */
const keptFor = 60 * 60 * second

/**
 * Looks at a task's containers, notes what is new, and does what comes next. Resolves to when to look again.
 *
 * @throws EngineUnreachableError when the engine went away from a task that runs
 */
export async function reconcileTask(work: TaskWork, key: TaskKey): Promise<Date | undefined> {
  const { metadata, now } = work.registry
  const task = await metadata.tasks.find(key)
  if (task === undefined) return undefined
  if (task.status === 'STOPPED') return forget(work, task)
  try {
    const seen = await work.engine.look(task)
    const { actions } = await change(work, key, (known) => stepTask(known, seen, now().getTime()))
    for (const action of actions) await act(work, task, action)
    return new Date(now().getTime() + (actions.length > 0 ? 0 : second))
  } catch (error) {
    const wasStarted = task.containers.some(({ runtimeId }) => runtimeId !== undefined)
    if (!(error instanceof EngineUnreachableError) || wasStarted) throw error
    await stopForWant(work, task, error.message)
    return new Date(now().getTime() + keptFor)
  }
}

async function forget({ registry: { metadata, now } }: TaskWork, task: Task): Promise<Date | undefined> {
  const until = (task.stoppedAt ?? 0) + keptFor
  if (now().getTime() < until) return new Date(until)
  await metadata.write((tx) => tx.tasks.delete(task))
  return undefined
}

/** A task that never had a container, since there is no engine. */
async function stopForWant(work: TaskWork, task: Task, reason: string): Promise<void> {
  const at = work.registry.now().getTime()
  const name = task.containers[0]?.definition.name ?? ''
  await change(work, task, (known) => {
    const failed = failedToStart(known, name, `DockerClientConfigError: ${reason}`, at)
    return stepTask(failed, [], at)
  })
}

/** Changes a task from how it is by now, since a request may have changed it meanwhile. */
async function change(
  { registry }: TaskWork,
  key: TaskKey,
  step: (task: Task) => { readonly task: Task; readonly actions: readonly TaskAction[] },
): Promise<{ readonly actions: readonly TaskAction[] }> {
  return registry.metadata.write(async (tx) => {
    const known = await tx.tasks.lock(key)
    if (known === undefined) return { actions: [] }
    const next = step(known)
    if (next.task.version !== known.version) await putTasks(tx, registry, [next.task])
    return next
  })
}

async function act(work: TaskWork, task: Task, action: TaskAction): Promise<void> {
  const { engine, registry } = work
  if (action.do === 'stop') return engine.stop(action.id, action.container)
  if (action.do === 'remove') return engine.remove(action.id)
  try {
    const image = await imageOf(work, task, imageToRun(action.container))
    await engine.pull(image)
    await engine.start(task, action.container, image)
  } catch (error) {
    if (!(error instanceof ContainerError)) throw error
    const { name } = action.container.definition
    const at = registry.now().getTime()
    await change(work, task, (known) => ({
      task: failedToStart(known, name, error.message, at),
      actions: [],
    }))
  }
}

/** What a task's image is to the engine: one of this Berth's by its digest, with a password of the task's account. */
async function imageOf(work: TaskWork, task: Task, image: string): Promise<ImageToPull> {
  const { account, region } = task.cluster
  const own = readOwnImage(image, { ...work.names, registry: { account, region } })
  if (own === undefined) return { name: image }
  const { repository, reference } = own
  try {
    const { digest } = await getManifest(work.registry, { repository, reference, as: 'look' })
    const host = work.hostOf(repository)
    const { password } = work.tokens.issue(rootOf(account), repository)
    return {
      name: `${host}/${repository.name}@${digest}`,
      digest,
      login: { username: 'AWS', password, host },
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new ContainerError(
      'CannotPullContainerError',
      `pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: not found`,
    )
  }
}
