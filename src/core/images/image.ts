import type { Digest } from '../names/digest.ts'
import type { ImageStorage, StorageState } from './storage.ts'

/** What the registry knows of one manifest in one repository. */
export interface Image extends ImageStorage {
  readonly digest: Digest
  readonly mediaType: string
  /** Length of the manifest's own bytes. */
  readonly manifestBytes: number
  /** ECR's imageSizeInBytes: layers and config, or for an index its largest child. */
  readonly sizeInBytes: number
  /** The manifest's artifactType, or its config's media type; absent for a plain index. */
  readonly artifactType?: string
  /** The manifest this one says it belongs to. */
  readonly subject?: Digest
  /** When the digest first came into the repository; a retag or a repeated push leaves it as it is. */
  readonly pushedAt: Date
  readonly lastPulledAt?: Date
}

export type TagStatus = 'TAGGED' | 'UNTAGGED' | 'ANY'
export type ImageStatus = StorageState | 'ANY'
