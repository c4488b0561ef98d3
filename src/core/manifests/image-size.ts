import type { Digest } from '../names/digest.ts'
import { invalidManifest } from './invalid-manifest.ts'
import type { Manifest } from './manifest.ts'

/**
 * ECR's imageSizeInBytes. An image: its config and layers, as the manifest gives them, each as often as it is
 * listed. An index: the largest image it lists; `children` tells the size of those that are images here.
 *
 * @throws InvalidParameterError at `ImageManifest` when the sum is no whole number below 2^53
 * @see Amazon ECR API reference, ImageDetail, imageSizeInBytes
 */
export function imageSize(manifest: Manifest, children: ReadonlyMap<Digest, number>): number {
  if (manifest.kind === 'index') {
    const sizes = manifest.manifests.map(({ digest, size }) => children.get(digest) ?? size)
    return sizes.reduce((largest, size) => Math.max(largest, size), 0)
  }
  const sum = manifest.layers.reduce((total, { size }) => total + size, manifest.config.size)
  if (!Number.isSafeInteger(sum)) throw invalidManifest()
  return sum
}
