import { LimitExceededError } from '../core/errors.ts'
import type { Occurrence } from '../core/events/event.ts'
import { repositoryChanged } from '../core/events/repository-changed.ts'
import { scanFrequencyChanged } from '../core/events/scan-frequency-changed.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { NewRepository } from './create-repository.ts'
import { emitEvents } from './emit-events.ts'
import type { RepositoryPlan } from './plan-repository.ts'
import type { Registry } from './registry.ts'
import { findRepositoryScanning } from './scans/find-scanning.ts'

/**
 * Adds a repository with its resource tags, which have been checked; undefined when the name is taken.
 *
 * @param origin why Berth makes it by itself; undefined where somebody asked for it
 *
 * @throws LimitExceededError for repositories per registry
 */
export async function addRepository(
  tx: MetadataTransaction,
  registry: Registry,
  { key, tagMutability, scanOnPush, encryption, resourceTags }: NewRepository,
  origin: Pick<RepositoryPlan, 'purpose' | 'template'> | undefined,
): Promise<Repository | undefined> {
  const facts = { ...key, tagMutability, scanOnPush, encryption, createdAt: registry.now() }
  const repository = await tx.repositories.add(facts)
  if (repository === undefined) return undefined
  await checkQuota(tx, registry, key)
  if (resourceTags.size > 0) await tx.resourceTags.put(repository.id, resourceTags)
  await emitEvents(tx, registry, [
    repositoryChanged(key, { action: 'CREATE', ...origin }),
    ...(await enhancedScanning(tx, repository)),
  ])
  return repository
}

/** A repository that enhanced scanning begins with is told of like one whose frequency has changed. */
async function enhancedScanning(tx: MetadataTransaction, repository: Repository): Promise<Occurrence[]> {
  const { type, frequency } = await findRepositoryScanning(tx, repository)
  if (type === 'BASIC' || frequency === 'MANUAL') return []
  return [scanFrequencyChanged(repository, [{ repository, frequency, previous: 'MANUAL' }])]
}

/** Counts after adding; a refusal takes the new repository back with the transaction. */
async function checkQuota(tx: MetadataTransaction, { quotas }: Registry, key: RegistryKey): Promise<void> {
  if ((await tx.repositories.count(key)) > quotas.repositoriesPerRegistry) {
    throw new LimitExceededError(
      `The limit of ${quotas.repositoriesPerRegistry} repositories per registry is reached in the registry with id '${key.account}' in ${key.region}`,
    )
  }
}
