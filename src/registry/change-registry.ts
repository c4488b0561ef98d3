import type { RegistryKey } from '../core/names/registry-key.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'
import { registryCacheKey } from './rule-cache.ts'

/**
 * Changes what is said about a registry as a whole. The cache forgets it also when the write fails, since a connection lost at the
 * end doesn't tell whether it was stored.
 */
export async function changeRegistry<Result>(
  registry: Registry,
  key: RegistryKey,
  change: (tx: MetadataTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await registry.metadata.write(change)
  } finally {
    registry.rules.registries.drop(registryCacheKey(key))
  }
}
