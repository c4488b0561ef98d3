import type { LayerInventory } from '../../core/scanning/layer-inventory.ts'
import { allReaders } from './all-readers.ts'
import type { LayerLimits } from './limits.ts'
import { unpackLayer } from './unpack.ts'
import { LayerWalk } from './walk-layer.ts'

/**
 * Reads a layer's bytes, as they are stored, for what they say of packages, in one pass and in memory that doesn't grow with the layer.
 *
 * @param folder an empty one, where databases lie while they are read
 * @throws UnreadableLayerError
 */
export async function readLayer(
  layer: AsyncIterable<Buffer>,
  { limits, folder }: { readonly limits: LayerLimits; readonly folder: string },
): Promise<LayerInventory> {
  const walk = new LayerWalk(allReaders, limits, folder)
  for await (const chunk of unpackLayer(layer, limits)) walk.write(chunk)
  return walk.end()
}
