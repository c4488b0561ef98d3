import type { Digest } from '../names/digest.ts'
import type { Descriptor } from './descriptor.ts'
import type { ManifestMediaType } from './media-types.ts'

interface ManifestFacts {
  readonly mediaType: ManifestMediaType
  /** What kind of artifact this is, as the manifest itself says. */
  readonly artifactType: string | undefined
  /** The manifest this one is about. */
  readonly subject: Digest | undefined
  readonly annotations: Readonly<Record<string, string>>
}

export interface ImageManifest extends ManifestFacts {
  readonly kind: 'image'
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
}

export interface ImageIndex extends ManifestFacts {
  readonly kind: 'index'
  readonly manifests: readonly Descriptor[]
}

/** A manifest that has been read and checked. Its bytes are kept as they came; this is only what they say. */
export type Manifest = ImageManifest | ImageIndex
