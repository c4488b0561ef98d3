import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. @throws RepositoryNotFoundError */
export declare function setScanOnPush(
  registry: Registry,
  key: RepositoryKey,
  scanOnPush: boolean,
): Promise<void>
