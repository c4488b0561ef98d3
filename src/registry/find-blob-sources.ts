import type { Digest } from '../core/names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** Enough for a layer that many share, and few enough to ask for the right to read each. */
const maxSources = 100

/**
 * Repositories of one registry that a blob could be mounted from, the oldest first and a hundred at the most. Which of them the
 * caller may know about is for the caller's rights to say.
 */
export async function findBlobSources(
  { metadata }: Registry,
  { account, region }: RegistryKey,
  digest: Digest,
): Promise<RepositoryKey[]> {
  const names = await metadata.blobLinks.holders({ account, region }, digest, maxSources)
  return names.map((name) => ({ account, region, name }))
}
