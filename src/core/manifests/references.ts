import type { Digest } from '../names/digest.ts'
import type { Descriptor } from './descriptor.ts'
import type { Manifest } from './manifest.ts'
import { isManifestMediaType, isNonDistributable } from './media-types.ts'

/** What a manifest refers to in its own repository; each digest once, in the order of the manifest. */
export interface References {
  /** Blobs that must be there before the manifest. */
  readonly blobs: readonly Digest[]
  /** Non-distributable layers with an address of their own: kept if they are there, not missed if they aren't. */
  readonly optionalBlobs: readonly Digest[]
  /** Manifests that must be there before the index; what those refer to is their own matter. */
  readonly children: readonly Digest[]
}

/**
 * Lists what a manifest refers to. The subject isn't among it: it may come later or never
 * (distribution spec, "Pushing Manifests with Subject").
 *
 * An index entry that is no manifest is a blob: BuildKit's registry cache lists layers that way.
 */
export function referencesOf(manifest: Manifest): References {
  if (manifest.kind === 'image') {
    const [elsewhere, here] = partition(manifest.layers, mayLiveElsewhere)
    return { blobs: digests([manifest.config, ...here]), optionalBlobs: digests(elsewhere), children: [] }
  }
  const [children, blobs] = partition(manifest.manifests, ({ mediaType }) => isManifestMediaType(mediaType))
  return { blobs: digests(blobs), optionalBlobs: [], children: digests(children) }
}

function mayLiveElsewhere({ mediaType, urls }: Descriptor): boolean {
  return isNonDistributable(mediaType) && urls.length > 0
}

function digests(descriptors: readonly Descriptor[]): Digest[] {
  return [...new Set(descriptors.map(({ digest }) => digest))]
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}
