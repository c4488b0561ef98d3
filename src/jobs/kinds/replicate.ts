import { readReplicationJob, replicationJobKind } from '../../core/replication/replication-job.ts'
import type { Registry } from '../../registry/registry.ts'
import { type MayReplicate, replicateImage } from '../../registry/replication/replicate-image.ts'
import type { JobKind } from '../job-kind.ts'

/** Brings images to other registries of this Berth. */
export function replicateKind(registry: Registry, mayReplicate: MayReplicate): JobKind {
  return {
    name: replicationJobKind,
    atOnce: 4,
    async run({ key }) {
      await replicateImage(registry, readReplicationJob(key), mayReplicate)
      return undefined
    },
  }
}
