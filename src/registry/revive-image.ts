import type { Cause } from '../core/images/cause.ts'
import type { DeletedImage } from '../core/images/change.ts'
import { readManifest } from '../core/manifests/read-manifest.ts'
import { referencesOf } from '../core/manifests/references.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { addImage, type MissingContent } from './add-image.ts'
import { garbageBefore } from './collect-garbage.ts'
import type { Registry } from './registry.ts'

/** An image that came back, without tags as yet. */
export interface Revived {
  readonly digest: Digest
  /** What it was called. */
  readonly tags: readonly Tag[]
}

interface Revival {
  readonly missing: MissingContent
  readonly cause: Cause
}

/**
 * Brings a deleted image back into a locked repository: before it the images that it lists, after it the referrers that went
 * with it. Resolves to all that came back: nothing when the image is here, or isn't kept.
 *
 * @throws LayersNotFoundError, ReferencedImagesNotFoundError, LimitExceededError as `addImage` does
 */
export async function reviveImage(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  digest: Digest,
  revival: Revival,
): Promise<Revived[]> {
  const { id } = repository
  if ((await tx.images.find(id, digest)) !== undefined) return []
  const deleted = await tx.history.deletedImage(id, digest)
  const content = await tx.history.deletedContent(id, digest)
  if (deleted === undefined || content === undefined || deleted.at < garbageBefore(registry)) return []
  const revive = (other: Digest) => reviveImage(tx, registry, repository, other, revival)
  const manifest = readManifest(content, deleted.image.mediaType)
  const revived: Revived[] = []
  for (const child of referencesOf(manifest).children) revived.push(...(await revive(child)))
  await addImage(
    tx,
    registry,
    repository,
    { digest, manifest, content, known: deleted.image },
    revival.missing,
  )
  await noteRevival(tx, registry, repository, deleted, revival.cause)
  revived.push({ digest, tags: deleted.tags })
  for (const referrer of await tx.history.referrersDeletedWith(id, digest, deleted.deletion)) {
    revived.push(...(await revive(referrer)))
  }
  return revived
}

async function noteRevival(
  tx: MetadataTransaction,
  { now }: Registry,
  { id }: Repository,
  { image: { digest } }: DeletedImage,
  cause: Cause,
): Promise<void> {
  await tx.history.forget(id, digest)
  await tx.history.record(id, [{ to: digest, at: now(), ...cause }])
}
