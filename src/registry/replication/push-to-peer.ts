import { readManifest } from '../../core/manifests/read-manifest.ts'
import { referencesOf } from '../../core/manifests/references.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Tag } from '../../core/names/tag.ts'
import { type Replication, replicaRepository } from '../../core/replication/replication-job.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { loadManifest } from '../load-manifest.ts'
import type { Registry } from '../registry.ts'
import { PeerRefusedError, type PeerRegistry } from './peer-registry.ts'
import { askReplication } from './replicate-soon.ts'
import { findState, noteArrival, noteFailure, tagsStillOn } from './replication-state.ts'

interface Journey {
  readonly registry: Registry
  readonly replication: Replication
  readonly peer: PeerRegistry
  readonly signal: AbortSignal
  /** The source repository. */
  readonly from: number
}

/**
 * Brings an image to a registry that another Berth holds: what an index lists first, then blobs that it lacks, then the manifest
 * under the tags that the image still has. What the peer refuses fails for good and is noted.
 *
 * @throws PeerUnavailableError when another try may succeed, and the signal's reason
 */
export async function pushToPeer(
  registry: Registry,
  replication: Replication,
  peer: PeerRegistry,
  signal: AbortSignal,
): Promise<void> {
  const repository = await registry.metadata.repositories.find(replication.source)
  const state = repository && (await findState(registry.metadata, repository.id, replication))
  if (repository === undefined || state === undefined || state.status === 'COMPLETE') return
  const journey = { registry, replication, peer, signal, from: repository.id }
  try {
    const tags = await tagsStillOn(registry.metadata, repository.id, replication, state.tags)
    await peer.ensureRepository(replicaRepository(replication), signal)
    await pushImage(journey, replication.digest, tags)
    await registry.metadata.write((tx) => noteArrivalAtPeer(tx, registry, replication, state.tags))
  } catch (error) {
    if (!(error instanceof PeerRefusedError)) throw error
    await noteFailure(registry, replication, error.code, { toldIn: 'source' })
  }
}

async function pushImage(journey: Journey, digest: Digest, tags: readonly Tag[]): Promise<void> {
  const { registry, replication, peer, signal, from } = journey
  const stored = await loadManifest(registry, from, digest)
  if (stored === undefined) return
  const to = replicaRepository(replication)
  const { blobs, optionalBlobs, children } = referencesOf(readManifest(stored.content, stored.mediaType))
  for (const child of children) {
    if (!(await peer.hasManifest(to, child, signal))) await pushImage(journey, child, [])
  }
  for (const blob of await registry.metadata.blobLinks.findMany(from, [...blobs, ...optionalBlobs])) {
    const source = (first: number) =>
      registry.blobs.read(blob.digest, first === 0 ? undefined : { first, last: blob.size - 1 })
    await peer.pushBlob(to, blob, source, signal)
  }
  const { account, region } = replication.source
  const manifest = { ...stored, replicatedFrom: { account, region } }
  let isStored = false
  for (const tag of tags) {
    if ((await peer.putManifest(to, { ...manifest, tag }, signal)) === 'stored') isStored = true
  }
  if (!isStored) await peer.putManifest(to, manifest, signal)
}

/** A tag that moved while it was brought may have been brought by both images, and the earlier one last: then once more. */
async function noteArrivalAtPeer(
  tx: MetadataTransaction,
  registry: Registry,
  replication: Replication,
  brought: readonly Tag[],
): Promise<void> {
  const repository = await tx.repositories.lock(replication.source)
  if (repository === undefined) return
  await noteArrival(tx, repository, replication, brought)
  const { digest, destination } = replication
  for (const tag of brought) {
    const image = await tx.tags.find(repository.id, tag)
    if (image === undefined || image === digest) continue
    const states = await tx.replication.states(repository.id, image)
    if (states.length === 0) continue
    await askReplication(tx, registry, repository, { image, tags: [tag] }, [destination])
  }
}
