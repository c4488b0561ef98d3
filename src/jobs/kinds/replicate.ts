import { peerReplicationJob } from '../../core/replication/peer-job.ts'
import { readReplicationJob, replicationJobKind } from '../../core/replication/replication-job.ts'
import type { Registry } from '../../registry/registry.ts'
import type { FindPeer } from '../../registry/replication/peer-registry.ts'
import { type MayReplicate, replicateImage } from '../../registry/replication/replicate-image.ts'
import type { JobKind } from '../job-kind.ts'

/** Brings images to other registries of this Berth, and hands those that go to another Berth over to who brings them there. */
export function replicateKind(registry: Registry, mayReplicate: MayReplicate, findPeer: FindPeer): JobKind {
  return {
    name: replicationJobKind,
    atOnce: 4,
    async run({ key }) {
      const replication = readReplicationJob(key)
      if (findPeer(replication.destination) === undefined) {
        await replicateImage(registry, replication, mayReplicate)
      } else {
        const job = peerReplicationJob(replication)
        await registry.metadata.write((tx) => tx.jobs.add(job, registry.now()))
      }
      return undefined
    },
  }
}
