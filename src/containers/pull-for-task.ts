import { referenceOf } from '../core/ecs/images/image-name.ts'
import { afterPull, beforePull, type PulledReference } from '../core/ecs/images/pulled-reference.ts'
import type { Task } from '../core/ecs/task.ts'
import type { ImageToPull } from './engine.ts'
import { imagesJob } from './remove-images.ts'
import type { TaskWork } from './task-work.ts'

/** A pull, and what is known before it begins. */
interface NotedPull {
  /** The id of the container instance that the engine is. */
  readonly engine: string
  readonly reference: string
  /** All names of images that the engine has. */
  readonly before: ReadonlySet<string>
  /** Those that Berth has pulled. */
  readonly known: readonly PulledReference[]
}

/**
 * Pulls an image for a task, and keeps in mind what of it the engine didn't have before, so that it can be removed when nothing needs it
 * any more. That is noted before the engine is asked: what a killed Berth was pulling stays.
 *
 * @throws ContainerError CannotPullContainerError
 */
export async function pullForTask(
  work: TaskWork,
  image: ImageToPull,
  task: Task,
  signal: AbortSignal,
): Promise<string | undefined> {
  const pull = await lookBefore(work, image, task)
  await noteBefore(work, pull)
  const digest = await work.engine.pull(image, task, signal)
  if (mayBringAnything(pull)) await noteAfter(work, pull)
  return digest
}

async function lookBefore(
  { engine, registry }: TaskWork,
  { name }: ImageToPull,
  task: Task,
): Promise<NotedPull> {
  const id = task.instance ?? (await engine.describe()).id
  const known = await registry.metadata.pulledReferences.of(id)
  const before = new Set((await engine.images()).flatMap(({ references }) => references))
  return { engine: id, reference: referenceOf(name), before, known }
}

async function noteBefore({ registry, imageExpiry }: TaskWork, pull: NotedPull): Promise<void> {
  const { engine, reference, before, known } = pull
  const at = registry.now().getTime()
  const noted = beforePull(known.find(isOf(reference)), { reference, isThere: before.has(reference), at })
  if (noted === undefined) return
  await registry.metadata.write(async (tx) => {
    await tx.pulledReferences.put(engine, noted)
    if (imageExpiry > 0) await tx.jobs.add(imagesJob, new Date(at + imageExpiry))
  })
}

/** A digest that is there and isn't Berth's own is all that there is of it; a tag may move. */
function mayBringAnything({ reference, before, known }: NotedPull): boolean {
  return !reference.includes('@') || !before.has(reference) || known.some(isOf(reference))
}

async function noteAfter({ engine, registry }: TaskWork, pull: NotedPull): Promise<void> {
  const image = (await engine.images()).find(({ references }) => references.includes(pull.reference))
  if (image === undefined) return
  const pulled = afterPull(image, { ...pull, at: registry.now().getTime() })
  if (pulled.length === 0) return
  await registry.metadata.write(async (tx) => {
    for (const one of pulled) await tx.pulledReferences.put(pull.engine, one)
  })
}

function isOf(reference: string): (one: PulledReference) => boolean {
  return (one) => one.reference === reference
}
