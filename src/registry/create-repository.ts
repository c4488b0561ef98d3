import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Encryption, Repository, TagMutabilitySetting } from '../core/repositories/repository.ts'
import type { Registry } from './registry.ts'

export interface NewRepository {
  readonly key: RepositoryKey
  readonly tagMutability: TagMutabilitySetting
  readonly scanOnPush: boolean
  readonly encryption: Encryption
  readonly resourceTags: ReadonlyMap<string, string>
}

/** CONTRACT. @throws RepositoryAlreadyExistsError, LimitExceededError, TooManyTagsError, InvalidTagParameterError */
export declare function createRepository(registry: Registry, wanted: NewRepository): Promise<Repository>
