import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. @throws RepositoryNotFoundError */
export declare function findRepository(registry: Registry, key: RepositoryKey): Promise<Repository>
