import type { ChangeReason } from '../../core/images/cause.ts'
import type { Digest } from '../../core/names/digest.ts'
import { isSameRegistry, type RegistryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'
import { replicationJob } from '../../core/replication/replication-job.ts'
import { destinationsOf, goesOn } from '../../core/replication/replication-rules.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'

/** An image that came or got tags, and those tags. */
export interface Arrival {
  readonly image: Digest
  readonly tags: readonly Tag[]
}

/** Has images of a locked repository replicated as the registry's rules say, in the transaction in which they came. */
export async function replicateSoon(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  { arrived, reason }: { readonly arrived: readonly Arrival[]; readonly reason: ChangeReason },
): Promise<void> {
  if (!goesOn(reason) || arrived.length === 0) return
  const destinations = destinationsOf(await tx.replication.rules(repository), repository)
  if (destinations.length === 0) return
  for (const arrival of arrived) await askReplication(tx, registry, repository, arrival, destinations)
}

/** Asks for an image of a locked repository, and these tags of it, to be brought to other registries, whatever the rules say. */
export async function askReplication(
  tx: MetadataTransaction,
  { now }: Pick<Registry, 'now'>,
  repository: Repository,
  { image, tags }: Arrival,
  destinations: readonly RegistryKey[],
): Promise<void> {
  const { account, region, name } = repository
  const source = { account, region, name }
  const states = await tx.replication.states(repository.id, image)
  for (const destination of destinations) {
    const before = states.find((state) => isSameRegistry(state.destination, destination))
    const pending = [...new Set([...(before?.tags ?? []), ...tags])]
    await tx.replication.putState(repository.id, image, { destination, status: 'IN_PROGRESS', tags: pending })
    await tx.jobs.add(replicationJob({ source, digest: image, destination }), now())
  }
}
