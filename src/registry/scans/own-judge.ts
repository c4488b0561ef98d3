import type { Registry } from '../registry.ts'
import { judgeImage } from './judge-image.ts'
import { KnownAdvisories } from './known-advisories.ts'
import type { JudgeImage } from './scan-image.ts'
import { type ReadLayer, takeInventory } from './take-inventory.ts'

/** Berth's own scanner: it reads the layers that no scan has read before, and looks up what advisories say of their packages. */
export function ownJudge(registry: Registry, readLayer: ReadLayer): JudgeImage {
  return async ({ repository, manifest, type }, signal) => {
    const inventory = await takeInventory(registry, repository, manifest, { signal, readLayer })
    return judgeImage(inventory, type, new KnownAdvisories(registry.metadata))
  }
}
