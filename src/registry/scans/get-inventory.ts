import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { ScanNotFoundError } from '../../core/scanning/errors.ts'
import type { ImageInventory } from '../../core/scanning/layer-inventory.ts'
import { loadManifest } from '../load-manifest.ts'
import type { Registry } from '../registry.ts'
import { recallInventory } from './take-inventory.ts'

/** What packages an image has, as scans have read them. @throws ScanNotFoundError when no scan has read all its layers */
export async function getInventory(
  registry: Registry,
  repository: Repository,
  digest: Digest,
): Promise<ImageInventory> {
  const stored = await loadManifest(registry, repository.id, digest)
  const manifest = stored && readManifest(stored.content, stored.mediaType)
  const inventory = manifest?.kind === 'image' ? await recallInventory(registry, manifest) : undefined
  if (inventory === undefined) throw new ScanNotFoundError(repository, { digest })
  return inventory
}
