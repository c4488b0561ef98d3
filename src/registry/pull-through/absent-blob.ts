import type { Blob } from '../../core/images/blob.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { findRepository } from '../find-repository.ts'
import { loadManifest } from '../load-manifest.ts'
import type { Registry } from '../registry.ts'

/**
 * A blob that an image of this very repository lists and the repository doesn't have, with the length that the image says; undefined
 * for any other. So a pull can have brought what a cached image needs, and nothing else.
 *
 * @throws RepositoryNotFoundError
 */
export async function findAbsentBlob(
  registry: Registry,
  key: RepositoryKey,
  digest: Digest,
): Promise<Blob | undefined> {
  const { id } = await findRepository(registry, key)
  const absent = await registry.metadata.upstreamChecks.absentBlob(id, digest)
  const stored = absent && (await loadManifest(registry, id, absent.image))
  if (stored === undefined) return undefined
  const manifest = readManifest(stored.content, stored.mediaType)
  const listed = manifest.kind === 'image' ? [manifest.config, ...manifest.layers] : manifest.manifests
  const descriptor = listed.find((each) => each.digest === digest)
  return descriptor && { digest, size: descriptor.size }
}
