import type { Digest } from '../core/names/digest.ts'
import { isSameRegistry, type RegistryKey, type RepositoryKey } from '../core/names/registry-key.ts'
import type { RepositoryName } from '../core/names/repository-name.ts'
import type { Tag } from '../core/names/tag.ts'
import { destinationsOf } from '../core/replication/replication-rules.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { ImageCursor } from '../stores/metadata/images.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { findRepository } from './find-repository.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'
import { askReplication } from './replication/replicate-soon.ts'

/** Where the next page begins. */
export interface BackfillPosition {
  readonly repository: RepositoryName
  readonly after?: ImageCursor | undefined
}

export interface Backfill {
  readonly registry: RegistryKey
  /** All repositories unless told. */
  readonly repository?: RepositoryName | undefined
  readonly from?: BackfillPosition | undefined
  /** Images to look at. */
  readonly limit: number
  /** Whether it is done or only told. */
  readonly effect: 'asked' | 'told'
  /** Whether images also go to where they are already. */
  readonly scope: 'missing' | 'all'
}

/** An image that was here already, and where it is to go. */
export interface BackfilledImage {
  readonly repository: RepositoryName
  readonly digest: Digest
  readonly tags: readonly Tag[]
  readonly destinations: readonly RegistryKey[]
}

/**
 * Has images that are here already replicated as the rules say, with all of their tags: one page of one repository, newest push
 * first. Those in the archive stay.
 *
 * @throws RepositoryNotFoundError
 */
export async function replicateExisting(
  registry: Registry,
  backfill: Backfill,
): Promise<{ readonly images: readonly BackfilledImage[]; readonly next: BackfillPosition | undefined }> {
  const key = await keyOf(registry, backfill)
  if (key === undefined) return { images: [], next: undefined }
  const { images, last } = await registry.metadata.write((tx) => pageOf(tx, registry, key, backfill))
  if (last !== undefined) return { images, next: { repository: key.name, after: last } }
  const name = backfill.repository === undefined ? await nextAfter(registry, backfill, key.name) : undefined
  return { images, next: name && { repository: name } }
}

async function keyOf(registry: Registry, backfill: Backfill): Promise<RepositoryKey | undefined> {
  const { from, repository } = backfill
  const name = from?.repository ?? repository ?? (await nextAfter(registry, backfill))
  if (name === undefined) return undefined
  const key = { ...backfill.registry, name }
  if (repository !== undefined) await findRepository(registry, key)
  return key
}

async function nextAfter(
  { metadata }: Registry,
  { registry }: Backfill,
  after?: RepositoryName,
): Promise<RepositoryName | undefined> {
  const [next] = await metadata.repositories.list(registry, { after, limit: 1 })
  return next?.name
}

async function pageOf(tx: MetadataTransaction, registry: Registry, key: RepositoryKey, backfill: Backfill) {
  const repository = await lockRepository(tx, key)
  const destinations = destinationsOf(await tx.replication.rules(key), key)
  if (destinations.length === 0) return { images: [], last: undefined }
  const after = backfill.from?.after
  const page = { tagStatus: 'ANY', imageStatus: 'ACTIVE', after, limit: backfill.limit } as const
  const found = await tx.images.list(repository.id, page)
  const digests = found.map(({ digest }) => digest)
  const tags = await tx.tags.ofImages(repository.id, digests)
  const images: BackfilledImage[] = []
  for (const digest of digests) {
    const wanted = await wantedBy(tx, repository, digest, { destinations, scope: backfill.scope })
    if (wanted.length === 0) continue
    const image = { repository: key.name, digest, tags: tags.get(digest) ?? [], destinations: wanted }
    images.push(image)
    if (backfill.effect === 'told') continue
    await askReplication(tx, registry, repository, { image: digest, tags: image.tags }, wanted)
  }
  return { images, last: found.length < backfill.limit ? undefined : found.at(-1) }
}

async function wantedBy(
  tx: MetadataTransaction,
  { id }: Repository,
  digest: Digest,
  {
    destinations,
    scope,
  }: { readonly destinations: readonly RegistryKey[]; readonly scope: Backfill['scope'] },
): Promise<readonly RegistryKey[]> {
  if (scope === 'all') return destinations
  const states = await tx.replication.states(id, digest)
  const done = states.filter(({ status }) => status === 'COMPLETE')
  return destinations.filter(
    (destination) => !done.some((state) => isSameRegistry(state.destination, destination)),
  )
}
