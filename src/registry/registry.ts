import type { TaskRules } from '../core/ecs/task-rules.ts'
import type { ExtraEvent } from '../core/events/extra-events.ts'
import type { OutboundClient } from '../outbound/outbound-client.ts'
import type { BlobStore } from '../stores/blobs/blob-store.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { FindingRules } from './findings/finding-rules.ts'
import type { ManifestCache } from './manifest-cache.ts'
import type { MemoryBudget } from './memory-budget.ts'
import type { PullExclusions } from './pull-exclusions.ts'
import type { PullRecorder } from './pull-recorder.ts'
import type { Upstreams } from './pull-through/upstreams.ts'
import type { RepositoryCache } from './repository-cache.ts'
import type { RuleCache } from './rule-cache.ts'
import type { UploadLocks } from './upload-locks.ts'

/** ECR's stored quotas; each can be raised, since the machine is the user's own. */
export interface Quotas {
  readonly repositoriesPerRegistry: number
  readonly imagesPerRepository: number
  readonly tagsPerImage: number
  /** Bytes. */
  readonly layerSize: number
  /** Through the JSON API. */
  readonly layerParts: number
  /** Uploads that one principal may hold open. ECR tells of no such quota; a registry on one machine needs it. */
  readonly openUploads: number
  readonly creationTemplates: number
  readonly pullTimeExclusions: number
  readonly cacheRules: number
}

/** How long what nothing needs is kept, in milliseconds. */
export interface GarbageRules {
  /** For blobs, from when they were last needed: longer than any push takes. */
  readonly grace: number
  /** For uploads, from when they were last written to. */
  readonly uploadExpiry: number
}

/** How scans go about their work. */
export interface ScanRules {
  /** Where advisories are downloaded from; it has a folder for each ecosystem. */
  readonly advisoryMirror: URL
  /** `trivy`: packages are not kept here, so that what is scanned continuously is scanned anew. */
  readonly scanner: 'builtin' | 'trivy'
  /** How many milliseconds must lie between two scans of an image that someone asks for; 0 for none. */
  readonly cooldown: number
}

/**
 * What every use case works with. Time and ids come in from outside, so that a test can live through a year.
 * The caches are filled by reads and emptied by the use cases that write.
 */
export interface Registry {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
  readonly quotas: Quotas
  readonly garbage: GarbageRules
  readonly scans: ScanRules
  /** What the operator lets tasks do. */
  readonly taskRules: TaskRules
  /** What is told beside what ECR tells. */
  readonly extraEvents: ReadonlySet<ExtraEvent>
  readonly now: () => Date
  /** A new random UUID. */
  readonly newId: () => string
  readonly repositories: RepositoryCache
  readonly rules: RuleCache
  readonly findingRules: FindingRules
  readonly manifests: ManifestCache
  readonly pulls: PullRecorder
  readonly pullExclusions: PullExclusions
  readonly uploadLocks: UploadLocks
  /** The way to other servers. */
  readonly outbound: OutboundClient
  /** What is known of the registries that repositories are cached from. */
  readonly upstreams: Upstreams
  /** For requests and answers that are held whole. */
  readonly memory: MemoryBudget
}
