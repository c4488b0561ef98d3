import type { BlobStore } from '../stores/blobs/blob-store.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { Quotas, Registry } from './registry.ts'

/** CONTRACT. Puts a registry together on two stores (which stay the caller's to close); disposing flushes pull times. */
export declare function createRegistry(options: {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
  readonly quotas?: Partial<Quotas>
  readonly now: () => Date
  readonly newId: () => string
  readonly onError: (error: unknown) => void
  /** How long what was read from the metadata store may be trusted: Infinity when this is the only process. */
  readonly cacheTtl: number
}): Registry & AsyncDisposable
