import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. Adds or overwrites. @throws RepositoryNotFoundError, TooManyTagsError (over 50 afterwards), InvalidTagParameterError (aws: prefix) */
export declare function putResourceTags(
  registry: Registry,
  key: RepositoryKey,
  tags: ReadonlyMap<string, string>,
): Promise<void>

/** CONTRACT (belongs in remove-resource-tags.ts). @throws RepositoryNotFoundError */
export declare function removeResourceTags(
  registry: Registry,
  key: RepositoryKey,
  tagKeys: readonly string[],
): Promise<void>
