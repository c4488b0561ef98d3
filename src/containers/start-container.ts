import type { Principal } from '../access/principal.ts'
import { withOverrides } from '../core/ecs/running/with-overrides.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { type Extras, ImageGoneError, type Variable } from './engine.ts'
import { findImage } from './find-image.ts'
import { openLog } from './open-log.ts'
import { pullForTask } from './pull-for-task.ts'
import { readEnvironmentFiles } from './read-environment-files.ts'
import { readSecret } from './read-secret.ts'
import { executionIdentity } from './task-identity.ts'
import type { TaskWork } from './task-work.ts'

/** How often an image is pulled that somebody removes before its container is made. */
const mostPulls = 3

/**
 * Pulls a container's image and starts it, with its secrets and its variables from files, unless the task is to stop by then.
 *
 * @throws ContainerError
 */
export async function startContainer(
  work: TaskWork,
  task: Task,
  defined: TaskContainer,
  signal: AbortSignal,
): Promise<void> {
  const { engine, endpoint, registry } = work
  const container = withOverrides(defined, task)
  await endpoint.open()
  const who = await executionIdentity(work, task)
  await openLog(work, task, container, who)
  const secrets = await secretsOf(work, task, container, who)
  const fromFiles = await readEnvironmentFiles(work, task, container, who)
  const image = await findImage(work, task, container, who)
  const extras = endpoint.extrasFor(task, container.definition.name)
  for (let attempt = 1; ; attempt += 1) {
    const pullStartedAt = registry.now().getTime()
    const digest = await pullForTask(work, image, task, signal)
    const pulled = { name: image.name, digest, pullStartedAt, pullStoppedAt: registry.now().getTime() }
    const known = await registry.metadata.tasks.find(task)
    if (signal.aborted || known?.desired !== 'RUNNING') return
    try {
      return await engine.start(task, container, pulled, withVariables(extras, { fromFiles, secrets }))
    } catch (error) {
      if (!(error instanceof ImageGoneError) || attempt === mostPulls) throw error
    }
  }
}

async function secretsOf(
  work: TaskWork,
  task: Task,
  { definition: { secrets = [] } }: TaskContainer,
  who: Principal,
): Promise<Variable[]> {
  const found: Variable[] = []
  for (const { name, valueFrom } of secrets)
    found.push({ name, value: await readSecret(work, { valueFrom, task, who }) })
  return found
}

function withVariables(
  { defaults, fixed }: Extras,
  { fromFiles, secrets }: Readonly<Record<'fromFiles' | 'secrets', readonly Variable[]>>,
): Extras {
  return { defaults: [...defaults, ...fromFiles], fixed: [...secrets, ...fixed] }
}
