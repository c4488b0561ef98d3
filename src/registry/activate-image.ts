import { imageActivated } from '../core/events/image-activated.ts'
import { storageClassUpdated } from '../core/events/storage-class-updated.ts'
import { activationJob } from '../core/images/activation-job.ts'
import type { ChangeReason } from '../core/images/cause.ts'
import type { Image } from '../core/images/image.ts'
import { readManifest } from '../core/manifests/read-manifest.ts'
import { referencesOf } from '../core/manifests/references.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { emitEvents } from './emit-events.ts'
import { evaluateSoon } from './lifecycle/evaluate-soon.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'
import { replicateSoon } from './replication/replicate-soon.ts'
import { scanAgain } from './scans/scan-soon.ts'
import { familyOf } from './storage-family.ts'

/** An image on its way back whose bytes aren't all there: it doesn't become active before they are. */
export class ActivationBlockedError extends Error {
  override readonly name = 'ActivationBlockedError'
  constructor(image: Digest, blobs: readonly Digest[]) {
    super(`The image ${image} stays archived: the blob store lacks ${blobs.join(', ')}`)
  }
}

/** Has an archived image of a locked repository brought back, with the images that it lists and the artifacts that went with it. */
export async function beginActivation(
  tx: MetadataTransaction,
  { now }: Registry,
  repository: Repository,
  image: Image,
): Promise<void> {
  for (const member of await familyOf(tx, repository.id, image, 'ARCHIVED')) {
    await tx.images.setStorage(repository.id, member.digest, { ...member, storage: 'ACTIVATING' })
  }
  await tx.jobs.add(activationJob(repository, image.digest), now())
}

/**
 * Brings an image back that is on its way, once all the bytes it needs are in their place: all that comes with it becomes active at one
 * moment. Does nothing when the image is gone or active by now, so it bears being run again.
 *
 * @throws ActivationBlockedError
 */
export async function activateImage(
  registry: Registry,
  key: RepositoryKey,
  digest: Digest,
): Promise<readonly Digest[]> {
  const { metadata } = registry
  const repository = await metadata.repositories.find(key)
  if (repository === undefined) return []
  const image = await metadata.images.find(repository.id, digest)
  if (image === undefined) return []
  const family = await familyOf(metadata, repository.id, image, 'ACTIVATING')
  for (const member of family) await requireBytes(registry, repository, member)
  return metadata.write(async (tx) => {
    const locked = await lockRepository(tx, key)
    const found = await tx.images.find(locked.id, digest)
    return found?.storage === 'ACTIVATING' ? makeActive(tx, registry, locked, found, 'restore') : []
  })
}

/**
 * Makes an image of a locked repository active, and in the same moment what comes with it; like what is pushed, it is replicated and judged
 * by the lifecycle policy. Resolves to all that came: nothing when it
 * was active before.
 */
export async function makeActive(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  image: Image,
  reason: ChangeReason,
): Promise<readonly Digest[]> {
  if (image.storage === 'ACTIVE') return []
  const lastActivatedAt = registry.now()
  const family = await familyOf(tx, repository.id, image, image.storage)
  for (const member of family) {
    await tx.images.setStorage(repository.id, member.digest, {
      ...member,
      storage: 'ACTIVE',
      lastActivatedAt,
    })
  }
  const update = { to: 'STANDARD', activatedAt: lastActivatedAt } as const
  const record = { newId: registry.newId, at: lastActivatedAt }
  await emitEvents(
    tx,
    registry,
    family.flatMap((member) => [
      storageClassUpdated(repository, member, update),
      imageActivated(repository, member.digest, record),
    ]),
  )
  const digests = family.map((member) => member.digest)
  const tags = await tx.tags.ofImages(repository.id, digests)
  const arrived = digests.map((digest) => ({ image: digest, tags: tags.get(digest) ?? [] }))
  await replicateSoon(tx, registry, repository, { arrived, reason })
  for (const member of family) await scanAgain(tx, registry, repository, member)
  await evaluateSoon(tx, repository, lastActivatedAt)
  return digests
}

async function requireBytes({ metadata, blobs }: Registry, { id }: Repository, image: Image): Promise<void> {
  const content = await metadata.images.content(id, image.digest)
  if (content === undefined) return
  const needed = await metadata.blobLinks.findMany(
    id,
    referencesOf(readManifest(content, image.mediaType)).blobs,
  )
  const missing: Digest[] = []
  for (const { digest, size } of needed) {
    if ((await blobs.size(digest)) !== size) missing.push(digest)
  }
  if (missing.length > 0) throw new ActivationBlockedError(image.digest, missing)
}
