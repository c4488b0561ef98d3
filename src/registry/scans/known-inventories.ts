import { LRUCache } from 'lru-cache'
import type { Digest } from '../../core/names/digest.ts'
import { inventoryVersion, type LayerInventory } from '../../core/scanning/layer-inventory.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** Files that tell of packages, and packages, of layers that are kept at hand; each is some hundred bytes. */
const keptAtHand = 200_000

/** What was read of layers, as one piece of work needs it: layers that many images share are at hand. */
export class KnownInventories {
  readonly #metadata: Pick<MetadataReader, 'scans'>
  readonly #kept = new LRUCache<Digest, LayerInventory>({ maxSize: keptAtHand, sizeCalculation: sizeOf })

  constructor(metadata: Pick<MetadataReader, 'scans'>) {
    this.#metadata = metadata
  }

  /** What is known of these layers. */
  async of(digests: Iterable<Digest>): Promise<ReadonlyMap<Digest, LayerInventory>> {
    const found = new Map<Digest, LayerInventory>()
    const wanted: Digest[] = []
    for (const digest of new Set(digests)) {
      const inventory = this.#kept.get(digest)
      if (inventory === undefined) wanted.push(digest)
      else found.set(digest, inventory)
    }
    if (wanted.length === 0) return found
    for (const [digest, inventory] of await this.#metadata.scans.inventories(wanted, inventoryVersion)) {
      found.set(digest, inventory)
      this.#kept.set(digest, inventory)
    }
    return found
  }
}

function sizeOf({ files, removed, emptied }: LayerInventory): number {
  const packages = files.reduce((sum, file) => sum + 1 + file.packages.length, 0)
  return 1 + packages + removed.length + emptied.length
}
