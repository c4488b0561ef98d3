import type { Readable } from 'node:stream'
import { LayerNotFoundError } from '../../core/images/layer-errors.ts'
import type { ImageManifest } from '../../core/manifests/manifest.ts'
import { isNonDistributable } from '../../core/manifests/media-types.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import {
  combineLayers,
  type ImageInventory,
  inventoryVersion,
  type LayerInventory,
} from '../../core/scanning/layer-inventory.ts'
import { readBlob } from '../read-blob.ts'
import type { Registry } from '../registry.ts'

/** What came of reading a layer: what it says of packages, or why it can't be read. */
export type LayerReading = { readonly inventory: LayerInventory } | NoInventory

/** Has the bytes of a layer read for the packages that it tells of. */
export type ReadLayer = (layer: Readable, options: { readonly signal: AbortSignal }) => Promise<LayerReading>

/** Why an image has no inventory; for whoever asked for the scan. */
export interface NoInventory {
  readonly unreadable: string
}

export interface InventoryOptions {
  readonly signal: AbortSignal
  readonly readLayer: ReadLayer
}

/** What packages an image has. A layer that was read for another image, of whatever repository, is not read again. */
export async function takeInventory(
  registry: Registry,
  key: RepositoryKey,
  manifest: ImageManifest,
  options: InventoryOptions,
): Promise<ImageInventory | NoInventory> {
  const digests = layersOf(manifest)
  const known = await registry.metadata.scans.inventories(digests, inventoryVersion)
  const layers: Parameters<typeof combineLayers>[0][number][] = []
  for (const digest of digests) {
    const inventory = known.get(digest)
    const reading = inventory ? { inventory } : await read(registry, key, digest, options)
    if ('unreadable' in reading) return reading
    layers.push({ digest, inventory: reading.inventory })
  }
  return combineLayers(layers)
}

/** What is known of an image's packages without reading a layer; undefined while not all of it is. */
export async function recallInventory(
  { metadata }: Pick<Registry, 'metadata'>,
  manifest: ImageManifest,
): Promise<ImageInventory | undefined> {
  return inventoryOf(manifest, await metadata.scans.inventories(layersOf(manifest), inventoryVersion))
}

/** An image's packages by what is known of its layers; undefined while something of one isn't. */
export function inventoryOf(
  manifest: ImageManifest,
  known: ReadonlyMap<Digest, LayerInventory>,
): ImageInventory | undefined {
  const digests = layersOf(manifest)
  const layers = digests.flatMap((digest) => {
    const inventory = known.get(digest)
    return inventory === undefined ? [] : [{ digest, inventory }]
  })
  return layers.length === digests.length ? combineLayers(layers) : undefined
}

/** The layers to be read: those that may not be given on are nowhere to be read. */
export function layersOf({ layers }: ImageManifest): Digest[] {
  return layers.filter(({ mediaType }) => !isNonDistributable(mediaType)).map(({ digest }) => digest)
}

async function read(
  registry: Registry,
  key: RepositoryKey,
  digest: Digest,
  { signal, readLayer }: InventoryOptions,
): Promise<LayerReading> {
  try {
    const reading = await readLayer(await readBlob(registry, key, digest), { signal })
    if ('unreadable' in reading) return reading
    const { inventory } = reading
    await registry.metadata.write((tx) => tx.scans.keepInventory(digest, inventoryVersion, inventory))
    return reading
  } catch (error) {
    if (error instanceof LayerNotFoundError) return { unreadable: `The layer ${digest} is not here` }
    throw error
  }
}
