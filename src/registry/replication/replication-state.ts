import { imageReplicated } from '../../core/events/image-replicated.ts'
import { isSameRegistry } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'
import { type Replication, replicaRepository } from '../../core/replication/replication-job.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataReader, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { ReplicationState } from '../../stores/metadata/replication.ts'
import { emitEvents } from '../emit-events.ts'
import type { Registry } from '../registry.ts'

/** How an image stands with one other registry, if it was ever to go there. */
export async function findState(
  { replication }: Pick<MetadataReader, 'replication'>,
  repositoryId: number,
  { digest, destination }: Replication,
): Promise<ReplicationState | undefined> {
  const states = await replication.states(repositoryId, digest)
  return states.find((state) => isSameRegistry(state.destination, destination))
}

/** Those of the tags that are on the image still: another image may have got them since, which brings them itself. */
export async function tagsStillOn(
  { tags: reader }: Pick<MetadataReader, 'tags'>,
  repositoryId: number,
  { digest }: Pick<Replication, 'digest'>,
  tags: readonly Tag[],
): Promise<Tag[]> {
  const held = (await reader.ofImages(repositoryId, [digest])).get(digest) ?? []
  return tags.filter((tag) => held.includes(tag))
}

/** Notes that a locked repository's image is where it was to go, but for tags that were asked for since. */
export async function noteArrival(
  tx: MetadataTransaction,
  repository: Repository,
  replication: Replication,
  brought: readonly Tag[],
): Promise<void> {
  const state = await findState(tx, repository.id, replication)
  if (state === undefined) return
  const tags = state.tags.filter((tag) => !brought.includes(tag))
  const status = tags.length === 0 ? 'COMPLETE' : 'IN_PROGRESS'
  const { destination } = replication
  await tx.replication.putState(repository.id, replication.digest, { destination, status, tags })
}

/**
 * Notes that an image didn't get where it was to go, and tells of it in that registry or, where another Berth holds it, at the
 * source. Said once: what has failed already stays as it is. The tags stay asked for, should it be tried again.
 */
export async function noteFailure(
  registry: Registry,
  replication: Replication,
  failureCode: string,
  { toldIn }: { readonly toldIn: 'source' | 'destination' },
): Promise<void> {
  const { source, digest, destination } = replication
  await registry.metadata.write(async (tx) => {
    const repository = await tx.repositories.lock(source)
    const state = repository && (await findState(tx, repository.id, replication))
    if (repository === undefined || state?.status !== 'IN_PROGRESS') return
    await tx.replication.putState(repository.id, digest, { ...state, status: 'FAILED', failureCode })
    const tags = state.tags.length === 0 ? [undefined] : state.tags
    const to = replicaRepository({ source, digest, destination })
    const failures = tags.map((tag) => imageReplicated(to, { source, digest, tag, result: 'FAILED' }))
    const { account, region } = toldIn === 'source' ? source : to
    await emitEvents(
      tx,
      registry,
      failures.map((failure) => ({ ...failure, registry: { account, region } })),
    )
  })
}
