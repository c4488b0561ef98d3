import { neededImages } from '../core/ecs/images/needed-images.ts'
import type { PulledReference } from '../core/ecs/images/pulled-reference.ts'
import { type SortedImages, sortOutImages } from '../core/ecs/images/sort-out-images.ts'
import { EngineUnreachableError } from './engine.ts'
import type { TaskWork } from './task-work.ts'

/** The one job that removes images which were pulled for tasks. */
export const imagesJob = { kind: 'remove-task-images', key: '' }

/** How often it is done, at the least. @see Amazon ECS developer guide, ECS_IMAGE_CLEANUP_INTERVAL */
const longestWait = 30 * 60 * 1000

/** What was done, and when there may be more to do, if ever. */
export interface RemovedImages {
  /** The names of images that the engine no longer has. */
  readonly removed: readonly string[]
  readonly nextAt?: Date
}

/**
 * Removes images from the engine that Berth has pulled for tasks, and that nothing has needed for as long as the operator says: no
 * container there, whoever has made it, and no task and no deployment of this Berth. Whatever else the engine has stays.
 *
 * @throws the signal's reason
 * @see Amazon ECS developer guide, "Automated task and image cleanup"
 */
export async function removeImages(work: TaskWork, signal: AbortSignal): Promise<RemovedImages> {
  if (work.imageExpiry === 0) return { removed: [] }
  const nextAt = new Date(work.registry.now().getTime() + Math.min(work.imageExpiry, longestWait))
  try {
    const { id: engine } = await work.engine.describe()
    const pulled = await work.registry.metadata.pulledReferences.of(engine)
    if (pulled.length === 0) return { removed: [] }
    const sorted = sortOutImages(pulled, await lookAround(work))
    await noteSorted(work, engine, sorted)
    return { removed: await removeAll(work, engine, sorted, signal), nextAt }
  } catch (error) {
    // The tasks tell of that.
    if (error instanceof EngineUnreachableError) return { removed: [], nextAt }
    throw error
  }
}

async function lookAround({ engine, registry, imageExpiry: expiry }: TaskWork) {
  const { tasks, services } = registry.metadata
  const needed = neededImages(await tasks.remaining(), await services.remaining())
  const [images, inUse] = [await engine.images(), await engine.imagesInUse()]
  return { images, inUse, needed, at: registry.now().getTime(), expiry }
}

async function noteSorted(
  { registry }: TaskWork,
  engine: string,
  { used, lost }: SortedImages,
): Promise<void> {
  const usedAt = registry.now().getTime()
  await registry.metadata.write(async (tx) => {
    for (const one of used) await tx.pulledReferences.replace(engine, one, { ...one, usedAt })
    for (const one of lost) await tx.pulledReferences.forget(engine, one)
  })
}

async function removeAll(
  work: TaskWork,
  engine: string,
  { expired }: SortedImages,
  signal: AbortSignal,
): Promise<string[]> {
  const removed: string[] = []
  for (const one of expired) {
    signal.throwIfAborted()
    if (await removeOne(work, engine, one)) removed.push(one.reference)
  }
  return removed
}

/** Unless a task has it pulled meanwhile. One that pulls it just then finds it gone when it starts, and pulls again. */
async function removeOne(
  { engine, registry }: TaskWork,
  id: string,
  known: PulledReference,
): Promise<boolean> {
  const { metadata } = registry
  const removing = { ...known, state: 'REMOVING' } as const
  if (!(await metadata.write((tx) => tx.pulledReferences.replace(id, known, removing)))) return false
  const isGone = await engine.removeImage(known.reference)
  await metadata.write(async (tx) => {
    if (isGone) await tx.pulledReferences.forget(id, removing)
    else await tx.pulledReferences.replace(id, removing, known)
  })
  return isGone
}
