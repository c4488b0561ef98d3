import type { BlobStore } from '../stores/blobs/blob-store.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { ManifestCache } from './manifest-cache.ts'
import type { PullRecorder } from './pull-recorder.ts'
import type { RepositoryCache } from './repository-cache.ts'
import type { UploadLocks } from './upload-locks.ts'

/** ECR's stored quotas; each can be raised, since the machine is the user's own. */
export interface Quotas {
  readonly repositoriesPerRegistry: number
  readonly imagesPerRepository: number
  readonly tagsPerImage: number
}

/**
 * What every use case works with. Time and ids come in from outside, so that a test can live through a year.
 * The caches are filled by reads and emptied by the use cases that write.
 */
export interface Registry {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
  readonly quotas: Quotas
  readonly now: () => Date
  /** A new random UUID. */
  readonly newId: () => string
  readonly repositories: RepositoryCache
  readonly manifests: ManifestCache
  readonly pulls: PullRecorder
  readonly uploadLocks: UploadLocks
}
