import { randomUUID } from 'node:crypto'
import type { Config } from './config/config.ts'
import { parseTaskFolders, parseTaskRights } from './config/task-rules.ts'
import type { TaskRules } from './core/ecs/task-rules.ts'
import type { OutboundClient } from './outbound/outbound-client.ts'
import { createRegistry } from './registry/create-registry.ts'
import type { Registry } from './registry/registry.ts'
import type { BlobStore } from './stores/blobs/blob-store.ts'
import type { MetadataStore } from './stores/metadata/metadata-store.ts'
import { upstreamSettings } from './upstream-settings.ts'

const mebibyte = 1024 * 1024

/** What a registry stands on. */
export interface RegistryGround {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
  readonly outbound: OutboundClient
  readonly now: () => Date
  readonly onError: (error: unknown) => void
  /** Milliseconds that it may go on believing what it has read. */
  readonly cacheTtl: number
}

/** The registry as the configuration wants it. */
export function openRegistry(config: Config, ground: RegistryGround): Registry & AsyncDisposable {
  return createRegistry({
    ...ground,
    newId: randomUUID,
    quotas: {
      layerSize: config.maxLayerSize * mebibyte,
      layerParts: config.maxLayerParts,
      openUploads: config.maxUploads,
      repositoriesPerRegistry: config.maxRepositories,
      imagesPerRepository: config.maxImagesPerRepository,
      tagsPerImage: config.maxTagsPerImage,
      pullTimeExclusions: config.maxPullTimeExclusions,
    },
    memory: config.requestMemory * mebibyte,
    upstreams: upstreamSettings(config),
    garbage: { grace: config.garbageGrace, uploadExpiry: config.uploadExpiry },
    scans: {
      advisoryMirror: new URL(config.advisoryMirror),
      scanner: config.scanner,
      cooldown: config.scanCooldown,
    },
    taskRules: taskRules(config),
    extraEvents: config.extraEvents,
  })
}

/** What a configuration lets tasks do. */
function taskRules({ tasksMay, taskFolders, taskEndpoint, taskEnvironmentFiles }: Config): TaskRules {
  return {
    rights: parseTaskRights(tasksMay) ?? new Set(),
    folders: parseTaskFolders(taskFolders) ?? new Set(),
    hasEndpoint: taskEndpoint !== 'off',
    hasFiles: taskEnvironmentFiles !== undefined,
  }
}
