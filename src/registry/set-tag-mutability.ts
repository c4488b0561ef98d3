import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { TagMutabilitySetting } from '../core/repositories/repository.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. @throws RepositoryNotFoundError */
export declare function setTagMutability(
  registry: Registry,
  key: RepositoryKey,
  setting: TagMutabilitySetting,
): Promise<void>
