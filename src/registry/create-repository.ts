import { LimitExceededError, RepositoryAlreadyExistsError } from '../core/errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Encryption, Repository, TagMutabilitySetting } from '../core/repositories/repository.ts'
import { checkResourceTags, withResourceTags } from '../core/repositories/resource-tags.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'

export interface NewRepository {
  readonly key: RepositoryKey
  readonly tagMutability: TagMutabilitySetting
  readonly scanOnPush: boolean
  readonly encryption: Encryption
  readonly resourceTags: ReadonlyMap<string, string>
}

/**
 * Creates a repository with its resource tags, or nothing.
 *
 * @throws RepositoryAlreadyExistsError, LimitExceededError (repositories per registry), TooManyTagsError,
 *   InvalidTagParameterError
 */
export async function createRepository(registry: Registry, wanted: NewRepository): Promise<Repository> {
  const { key, tagMutability, scanOnPush, encryption, resourceTags } = wanted
  checkResourceTags(resourceTags)
  withResourceTags(new Map(), resourceTags)
  const facts = { ...key, tagMutability, scanOnPush, encryption, createdAt: registry.now() }
  try {
    return await registry.metadata.write(async (tx) => {
      const repository = await tx.repositories.add(facts)
      if (repository === undefined) throw new RepositoryAlreadyExistsError(key)
      await checkQuota(tx, registry, key)
      if (resourceTags.size > 0) await tx.resourceTags.put(repository.id, resourceTags)
      return repository
    })
  } finally {
    registry.repositories.drop(key)
  }
}

/** Counts after adding; a refusal takes the new repository back with the transaction. */
async function checkQuota(tx: MetadataTransaction, { quotas }: Registry, key: RepositoryKey): Promise<void> {
  if ((await tx.repositories.count(key)) > quotas.repositoriesPerRegistry) {
    throw new LimitExceededError(
      `The limit of ${quotas.repositoriesPerRegistry} repositories per registry is reached in the registry with id '${key.account}' in ${key.region}`,
    )
  }
}
