import type { RepositoryKey } from '../core/names/registry-key.ts'
import { RepositoryAlreadyExistsError } from '../core/repositories/errors.ts'
import type { Encryption, Repository, TagMutabilitySetting } from '../core/repositories/repository.ts'
import { checkResourceTags, withResourceTags } from '../core/repositories/resource-tags.ts'
import { addRepository } from './add-repository.ts'
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
  checkResourceTags(wanted.resourceTags)
  withResourceTags(new Map(), wanted.resourceTags)
  try {
    return await registry.metadata.write(async (tx) => {
      const repository = await addRepository(tx, registry, wanted, undefined)
      if (repository === undefined) throw new RepositoryAlreadyExistsError(wanted.key)
      return repository
    })
  } finally {
    registry.repositories.drop(wanted.key)
  }
}
