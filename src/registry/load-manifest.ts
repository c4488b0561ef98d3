import type { Digest } from '../core/names/digest.ts'
import type { StoredManifest } from './get-manifest.ts'
import type { Registry } from './registry.ts'

/** A manifest of the repository that can be pulled, from the cache or the store; undefined when there is none. */
export async function loadManifest(
  { manifests, metadata }: Registry,
  repositoryId: number,
  digest: Digest,
): Promise<StoredManifest | undefined> {
  return (
    manifests.get(repositoryId, digest) ??
    manifests.load(repositoryId, digest, async () => {
      const [image, content] = await Promise.all([
        metadata.images.find(repositoryId, digest),
        metadata.images.content(repositoryId, digest),
      ])
      return image?.storage === 'ACTIVE' && content !== undefined
        ? { digest, mediaType: image.mediaType, content }
        : undefined
    })
  )
}
