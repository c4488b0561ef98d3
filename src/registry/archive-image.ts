import { storageClassUpdated } from '../core/events/storage-class-updated.ts'
import type { Image } from '../core/images/image.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'
import { referrersThat } from './storage-family.ts'

/**
 * Sends active images of a locked repository to the archive, and with each the artifacts that refer to it; those that somebody gave a
 * tag, or that an active index lists, are there in their own right and stay. Resolves to all that went: their manifests have to be
 * dropped from the cache when the transaction has ended.
 *
 * @see Amazon ECR user guide: reference artifacts follow their subject
 */
export async function archiveImages(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  images: readonly Image[],
): Promise<Digest[]> {
  const at = registry.now()
  const archived = new Map<Digest, Image>()
  for (const image of images) {
    if (archived.has(image.digest)) continue
    for (const member of await archiveOne(tx, repository, image, at)) archived.set(member.digest, member)
  }
  const gone = [...archived.values()].map((member) =>
    storageClassUpdated(repository, member, { to: 'ARCHIVE' }),
  )
  await emitEvents(tx, registry, gone)
  return [...archived.keys()]
}

async function archiveOne(
  tx: MetadataTransaction,
  { id }: Repository,
  image: Image,
  at: Date,
): Promise<Image[]> {
  const followers = await referrersThat(tx, id, image.digest, async ({ digest, storage }) => {
    if (storage !== 'ACTIVE') return false
    const tags = await tx.tags.ofImages(id, [digest])
    return tags.size === 0 && (await tx.images.activeIndexesOf(id, digest)).length === 0
  })
  const archived = [image, ...followers]
  for (const { digest, lastActivatedAt } of archived) {
    const since = { lastArchivedAt: at, ...(lastActivatedAt && { lastActivatedAt }) }
    await tx.images.setStorage(id, digest, { storage: 'ARCHIVED', ...since })
  }
  return archived
}
