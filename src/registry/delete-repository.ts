import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. Resolves to the repository as it was. @throws RepositoryNotFoundError, RepositoryNotEmptyError unless `images` is 'delete' */
export declare function deleteRepository(
  registry: Registry,
  key: RepositoryKey,
  options: { readonly images: 'refuse' | 'delete' },
): Promise<Repository>
