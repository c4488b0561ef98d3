import type { Upload } from '../core/images/upload.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { LinkPosition } from '../stores/metadata/garbage.ts'
import { garbageBefore } from './collect-garbage.ts'
import { uploadsBefore } from './garbage/expire-uploads.ts'
import { strayBlobs } from './garbage/stray-blobs.ts'
import { strayUploads } from './garbage/stray-uploads.ts'
import { stretchRows } from './garbage/sweep.ts'
import type { Registry } from './registry.ts'

/** Some of what would go. */
export interface GarbageAmount {
  readonly count: number
  readonly bytes: number
}

/** Blobs that would be taken out of one repository. Bytes that other repositories need stay on the disk all the same. */
export interface RepositoryGarbage extends GarbageAmount {
  readonly repository: RepositoryKey
}

/** What a cycle of garbage collection would remove if it began now. */
export interface GarbageReport {
  /** Most bytes first. */
  readonly repositories: readonly RepositoryGarbage[]
  /** Blobs that would leave the disk, those that no row tells of included. */
  readonly blobs: GarbageAmount
  readonly uploads: GarbageAmount
}

/** Looks through everything as a cycle does, and changes nothing. @param rest waits between two stretches */
export async function reportGarbage(
  registry: Registry,
  { signal, rest }: { readonly signal?: AbortSignal | undefined; readonly rest: () => Promise<unknown> },
): Promise<GarbageReport> {
  const pause = async () => {
    signal?.throwIfAborted()
    await rest()
  }
  return {
    repositories: await repositories(registry, pause),
    blobs: await blobs(registry, pause),
    uploads: await uploads(registry, pause),
  }
}

class Sum implements GarbageAmount {
  count = 0
  bytes = 0

  add(bytes: number): void {
    this.count += 1
    this.bytes += bytes
  }
}

async function repositories(registry: Registry, pause: () => Promise<void>): Promise<RepositoryGarbage[]> {
  const sums = new Map<number, { readonly repository: RepositoryKey; readonly sum: Sum }>()
  let after: LinkPosition | undefined
  do {
    const stretch = { after, limit: stretchRows }
    const { items, end } = await registry.metadata.garbage.unneededLinks(garbageBefore(registry), stretch)
    for (const { repositoryId, repository, blob } of items) {
      const known = sums.get(repositoryId) ?? { repository, sum: new Sum() }
      known.sum.add(blob.size)
      sums.set(repositoryId, known)
    }
    after = end
    await pause()
  } while (after !== undefined)
  return [...sums.values()]
    .map(({ repository, sum: { count, bytes } }) => ({ repository, count, bytes }))
    .toSorted((one, other) => other.bytes - one.bytes)
}

async function blobs(registry: Registry, pause: () => Promise<void>): Promise<GarbageAmount> {
  const sum = new Sum()
  const before = garbageBefore(registry)
  let after: Digest | undefined
  do {
    const stretch = { after, limit: stretchRows }
    const found = await registry.metadata.garbage.unneededBlobs(before, { links: 'unneeded' }, stretch)
    for (const { size } of found.items) sum.add(size)
    after = found.end
    await pause()
  } while (after !== undefined)
  for await (const strays of strayBlobs(registry, before)) {
    for (const { size } of strays) sum.add(size)
    await pause()
  }
  return sum
}

async function uploads(registry: Registry, pause: () => Promise<void>): Promise<GarbageAmount> {
  const sum = new Sum()
  const before = uploadsBefore(registry)
  let after: Upload | undefined
  do {
    const found = await registry.metadata.garbage.uploadsBefore(before, { after, limit: stretchRows })
    for (const { id } of found) {
      const facts = await registry.blobs.uploads.inspect(id)
      if (facts === undefined || facts.changedAt < before) sum.add(facts?.size ?? 0)
    }
    after = found.length < stretchRows ? undefined : found.at(-1)
    await pause()
  } while (after !== undefined)
  for await (const strays of strayUploads(registry, garbageBefore(registry))) {
    for (const { size } of strays) sum.add(size)
    await pause()
  }
  return sum
}
