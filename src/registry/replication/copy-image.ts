import { readManifest } from '../../core/manifests/read-manifest.ts'
import { referencesOf } from '../../core/manifests/references.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Tag } from '../../core/names/tag.ts'
import { replicationRoleArn } from '../../core/replication/replication-job.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { linkBlob } from '../link-blob.ts'
import { storeManifest } from '../put-manifest.ts'
import type { Registry } from '../registry.ts'
import { tagPlaces } from '../tag-places.ts'

/** Two locked repositories of this Berth. */
export interface Passage {
  readonly from: Repository
  readonly to: Repository
}

/**
 * Gives a repository an image of another: before it what an index lists, and all blobs by reference, without copying a byte. A tag
 * that is immutable there and another image's stays where it is. What the source lacks the replica lacks too.
 *
 * @throws LimitExceededError for images per repository and tags per image
 * @see Amazon ECR user guide, "Considerations for private image replication"
 */
export async function copyImage(
  tx: MetadataTransaction,
  registry: Registry,
  { from, to }: Passage,
  { digest, tags }: { readonly digest: Digest; readonly tags: readonly Tag[] },
): Promise<void> {
  const image = await tx.images.find(from.id, digest)
  const content = await tx.images.content(from.id, digest)
  if (image === undefined || content === undefined) return
  const manifest = readManifest(content, image.mediaType)
  const { blobs, optionalBlobs, children } = referencesOf(manifest)
  for (const child of children) {
    const isThere = (await tx.images.find(to.id, child))?.storage === 'ACTIVE'
    if (!isThere) await copyImage(tx, registry, { from, to }, { digest: child, tags: [] })
  }
  for (const blob of await tx.blobLinks.findMany(from.id, [...blobs, ...optionalBlobs])) {
    await linkBlob(tx, registry, to.id, blob)
  }
  await storeManifest(
    tx,
    registry,
    to,
    { manifest, content, digest },
    {
      tags: await movable(tx, to, digest, tags),
      missing: 'accepted',
      cause: { actor: replicationRoleArn(to.account), reason: 'replication' },
      replicatedFrom: { account: from.account, region: from.region },
    },
  )
}

async function movable(
  tx: MetadataTransaction,
  repository: Repository,
  digest: Digest,
  tags: readonly Tag[],
): Promise<Tag[]> {
  const places = await tagPlaces(tx, repository, tags)
  const free = places.filter(
    ({ current, immutableBy }) => current === undefined || current === digest || immutableBy === undefined,
  )
  return free.map(({ name }) => name)
}
