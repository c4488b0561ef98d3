import type { ImageManifest } from '../../core/manifests/manifest.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { EndedScan } from '../../stores/metadata/scans.ts'
import type { Registry } from '../registry.ts'
import { askForScans } from './ask-for-scans.ts'
import { type Judgement, judgeImage } from './judge-image.ts'
import { KnownAdvisories } from './known-advisories.ts'
import { KnownInventories } from './known-inventories.ts'
import { inventoryOf, layersOf } from './take-inventory.ts'

/** What a scan has found, and what there would be found now. */
export interface JudgedImage {
  readonly ended: EndedScan
  readonly judgement: Judgement
}

/** Judges images whose scan has ended anew, by what is kept of their layers; what many of them share is asked for once. */
export class StoredImageJudge {
  readonly #registry: Registry
  readonly #rest: () => Promise<void>
  readonly #advisories: KnownAdvisories
  readonly #inventories: KnownInventories

  constructor(registry: Registry, rest: () => Promise<void>) {
    this.#registry = registry
    this.#rest = rest
    this.#advisories = new KnownAdvisories(registry.metadata)
    this.#inventories = new KnownInventories(registry.metadata)
  }

  /** Resolves to those whose packages are known; of the others scans are asked for. */
  async judge(images: readonly EndedScan[]): Promise<JudgedImage[]> {
    const manifests = this.#registry.scans.scanner === 'builtin' ? await this.#manifestsOf(images) : new Map()
    const known = await this.#inventories.of([...manifests.values()].flatMap(layersOf))
    const judged: JudgedImage[] = []
    for (const ended of images) {
      const manifest = manifests.get(ended)
      const inventory = manifest && inventoryOf(manifest, known)
      if (inventory === undefined) await readAgain(this.#registry, ended)
      else judged.push({ ended, judgement: await judgeImage(inventory, 'ENHANCED', this.#advisories) })
      await this.#rest()
    }
    return judged
  }

  async #manifestsOf(images: readonly EndedScan[]): Promise<ReadonlyMap<EndedScan, ImageManifest>> {
    const manifests = new Map<EndedScan, ImageManifest>()
    for (const [repositoryId, some] of Map.groupBy(images, (image) => image.repositoryId)) {
      const digests = some.map(({ digest }) => digest)
      const stored = await this.#registry.metadata.images.manifests(repositoryId, digests)
      for (const ended of some) {
        const one = stored.get(ended.digest)
        const manifest = one && readManifest(one.content, one.mediaType)
        if (manifest?.kind === 'image') manifests.set(ended, manifest)
      }
    }
    return manifests
  }
}

/** What an earlier version of Berth has read of a layer is not all that this one reads; of what another scanner reads nothing is known here. */
async function readAgain(registry: Registry, { repository, repositoryId, digest }: EndedScan): Promise<void> {
  const images = { repository: { ...repository, id: repositoryId }, digests: [digest] }
  await askForScans(registry, images, 'ENHANCED')
}
