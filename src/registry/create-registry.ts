import { strictTaskRules, type TaskRules } from '../core/ecs/task-rules.ts'
import type { ExtraEvent } from '../core/events/extra-events.ts'
import { imagePulled } from '../core/events/image-pulled.ts'
import { SecretNotFoundError } from '../core/pull-through/errors.ts'
import { OutboundClient } from '../outbound/outbound-client.ts'
import type { BlobStore } from '../stores/blobs/blob-store.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { emitEvents } from './emit-events.ts'
import { FindingRules } from './findings/finding-rules.ts'
import { ManifestCache } from './manifest-cache.ts'
import { MemoryBudget } from './memory-budget.ts'
import { PullExclusions } from './pull-exclusions.ts'
import { PullRecorder } from './pull-recorder.ts'
import { type UpstreamSettings, Upstreams } from './pull-through/upstreams.ts'
import type { GarbageRules, Quotas, Registry, ScanRules } from './registry.ts'
import { RepositoryCache } from './repository-cache.ts'
import { RuleCache } from './rule-cache.ts'
import { UploadLocks } from './upload-locks.ts'

const mebibyte = 1024 * 1024

/** ECR user guide, "Amazon ECR service quotas". */
const defaultQuotas: Quotas = {
  repositoriesPerRegistry: 100_000,
  imagesPerRepository: 100_000,
  tagsPerImage: 1_000,
  layerSize: 52_000 * mebibyte,
  layerParts: 4_200,
  openUploads: 10_000,
  creationTemplates: 50,
  pullTimeExclusions: 100,
  cacheRules: 50,
}

const hours = 60 * 60 * 1000

/** Uploads as long as Docker's own registry keeps them. */
const defaultGarbageRules: GarbageRules = { grace: 24 * hours, uploadExpiry: 7 * 24 * hours }

/** OSV's own place, and no rest between scans: whoever runs them pays for nothing else. */
const defaultScanRules: ScanRules = {
  advisoryMirror: new URL('https://osv-vulnerabilities.storage.googleapis.com/'),
  scanner: 'builtin',
  cooldown: 0,
}

const defaultMemory = 256 * mebibyte
/** About as long as clients wait for an answer before they ask again. */
const memoryPatienceMs = 30_000

const manifestCacheBytes = 32 * mebibyte
const pullsFlushedEvery = 1_000

/** Those that ECR knows, asked as nobody. */
const knownUpstreams: UpstreamSettings = {
  isAllowed: () => false,
  findSecret: () => Promise.reject(new SecretNotFoundError()),
}

/** Puts a registry together on two stores, which stay the caller's to close; disposing writes the pulls still in memory. */
export function createRegistry(options: {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
  readonly quotas?: Partial<Quotas>
  readonly garbage?: Partial<GarbageRules>
  readonly scans?: Partial<ScanRules>
  /** What tasks may do beyond their own containers: nothing unless told. */
  readonly taskRules?: TaskRules
  /** None unless told. */
  readonly extraEvents?: readonly ExtraEvent[]
  /** The way to other servers, which stays the caller's to close; to those of the public internet unless told otherwise. */
  readonly outbound?: OutboundClient
  /** What upstream registries may be; ECR's own, and no secrets, unless told otherwise. */
  readonly upstreams?: UpstreamSettings
  /** Bytes for requests and answers that are held whole. */
  readonly memory?: number
  readonly now: () => Date
  /** A new random UUID, in lower case. */
  readonly newId: () => string
  readonly onError: (error: unknown) => void
  /** How many ms what was read from the metadata store may be trusted: Infinity when this is the only process. */
  readonly cacheTtl: number
}): Registry & AsyncDisposable {
  const { metadata, blobs, now, newId, onError } = options
  const lifetime = { ttl: options.cacheTtl, now }
  const outbound = options.outbound ?? new OutboundClient({ isAllowed: () => false })
  const settings = options.upstreams ?? knownUpstreams
  const extraEvents = new Set(options.extraEvents)
  const pulls = new PullRecorder({
    metadata,
    flushEvery: pullsFlushedEvery,
    onError,
    tell: (tx, batch) => emitEvents(tx, { now, newId, extraEvents }, batch.map(imagePulled)),
  })
  return {
    metadata,
    blobs,
    quotas: { ...defaultQuotas, ...options.quotas },
    garbage: { ...defaultGarbageRules, ...options.garbage },
    scans: { ...defaultScanRules, ...options.scans },
    taskRules: options.taskRules ?? strictTaskRules,
    extraEvents,
    now,
    newId,
    repositories: new RepositoryCache(lifetime),
    rules: new RuleCache(lifetime),
    findingRules: new FindingRules(lifetime),
    manifests: new ManifestCache({ maxBytes: manifestCacheBytes, ...lifetime }),
    pulls,
    pullExclusions: new PullExclusions({ metadata, ...lifetime }),
    uploadLocks: new UploadLocks(),
    outbound,
    upstreams: new Upstreams({ ...lifetime, outbound, settings }),
    memory: new MemoryBudget({ bytes: options.memory ?? defaultMemory, patienceMs: memoryPatienceMs }),
    [Symbol.asyncDispose]: () => pulls[Symbol.asyncDispose](),
  }
}
