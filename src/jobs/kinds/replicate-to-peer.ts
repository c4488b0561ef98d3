import { PeerHealth } from '../../core/replication/peer-health.ts'
import { peerReplicationJobKind } from '../../core/replication/peer-job.ts'
import {
  type Replication,
  readReplicationJob,
  replicationJob,
} from '../../core/replication/replication-job.ts'
import type { Log } from '../../observability/log.ts'
import type { Registry } from '../../registry/registry.ts'
import {
  type FindPeer,
  type PeerRegistry,
  PeerUnavailableError,
} from '../../registry/replication/peer-registry.ts'
import { pushToPeer } from '../../registry/replication/push-to-peer.ts'
import { noteFailure } from '../../registry/replication/replication-state.ts'
import type { JobKind, JobRun } from '../job-kind.ts'

/** Brings images to registries of other Berths. One that is down holds nobody up: its images wait and it is tried now and then. */
export function replicateToPeerKind(registry: Registry, findPeer: FindPeer, log: Log): JobKind {
  const healths = new Map<string, PeerHealth>()
  const healthOf = (peer: PeerRegistry) => {
    const health = healths.get(peer.name) ?? new PeerHealth(registry.now)
    healths.set(peer.name, health)
    return health
  }
  return {
    name: peerReplicationJobKind,
    atOnce: 16,
    async run(job) {
      const replication = readReplicationJob(job.key)
      const peer = findPeer(replication.destination)
      if (peer === undefined) return bringHere(registry, replication)
      const health = healthOf(peer)
      return health.enter() ?? travel({ registry, log, replication, peer, health }, job)
    },
  }
}

interface Trip {
  readonly registry: Registry
  readonly log: Log
  readonly replication: Replication
  readonly peer: PeerRegistry
  readonly health: PeerHealth
}

async function travel(trip: Trip, { signal, tell }: JobRun): Promise<Date | undefined> {
  const { registry, log, replication, peer, health } = trip
  try {
    await pushToPeer(registry, replication, peer, signal)
    health.succeeded()
    return undefined
  } catch (err) {
    if (signal.aborted || !(err instanceof PeerUnavailableError)) {
      health.left()
      throw err
    }
    const next = health.failed()
    tell({ peer: peer.name, waitsBecause: err.message })
    log.warn({ err, peer: peer.name, next }, 'Another Berth takes no images now; they wait for it')
    if (health.isDown) {
      await noteFailure(registry, replication, 'DestinationUnreachable', { toldIn: 'source' })
    }
    return next
  }
}

/** The settings have changed since it was asked for. */
async function bringHere({ metadata, now }: Registry, replication: Replication): Promise<undefined> {
  await metadata.write((tx) => tx.jobs.add(replicationJob(replication), now()))
}
