import { type Replication, replicationJob } from './replication-job.ts'

export const peerReplicationJobKind = 'replicate-to-peer'

/** The job that brings an image to a registry of another Berth. It has a kind of its own, so that no network delays what is near. */
export function peerReplicationJob(replication: Replication) {
  return { ...replicationJob(replication), kind: peerReplicationJobKind }
}
