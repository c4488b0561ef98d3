import type { DomainError } from '../core/errors.ts'
import type { Occurrence } from '../core/events/event.ts'
import { imageDeleted } from '../core/events/image-deleted.ts'
import type { Cause } from '../core/images/cause.ts'
import { decideDeletion, type LastTag } from '../core/images/deletion.ts'
import {
  ImageNotFoundError,
  ImageReferencedByManifestListError,
  ReferenceChangedError,
} from '../core/images/errors.ts'
import type { Image } from '../core/images/image.ts'
import { referrersJob, referrersOutlive } from '../core/images/referrers-job.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { emitEvents } from './emit-events.ts'
import { evaluateSoon } from './lifecycle/evaluate-soon.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/** At least one of the two. */
export interface ImageToDelete {
  readonly digest?: Digest | undefined
  readonly tag?: Tag | undefined
}

export type ImageDeletion =
  | { readonly deleted: readonly { readonly digest: Digest; readonly tag?: Tag | undefined }[] }
  /** ImageNotFoundError, ImageTagDoesNotMatchDigestError, ImageReferencedByManifestListError or ReferenceChangedError. */
  | { readonly refused: DomainError }

interface DeletionOptions {
  /** What removing an image's last tag does: ECR's JSON API deletes the image, the OCI spec keeps it untagged. */
  readonly lastTag: LastTag
  /** What must hold of each reference and of its image's tags; where it doesn't, the answer is ReferenceChangedError. */
  readonly expectation?: ((current: Digest | undefined, tags: readonly Tag[]) => boolean) | undefined
  /** While this image is there nothing is deleted: each answer is ReferenceChangedError. */
  readonly unless?: Digest | undefined
  readonly cause: Cause
  /** Runs first, with the repository held: what it throws undoes all. */
  readonly guard?: ((tx: MetadataTransaction, repository: Repository) => Promise<void>) | undefined
  /** What is told of the deletions beside each for itself. */
  readonly tell?: ((deletions: readonly ImageDeletion[]) => readonly Occurrence[]) | undefined
  /** An earlier deletion that this one belongs to; one of its own unless told. */
  readonly deletion?: string | undefined
}

interface Deleting extends DeletionOptions {
  readonly at: Date
  /** What all that goes in one call has in common. */
  readonly deletion: string
  /** Filled on the way with what is to be told of it. */
  readonly told: Occurrence[]
}

/**
 * Deletes images and tags: one answer per request, in the same order. A request that can't be done leaves the others
 * alone; a failure of the store undoes them all. An image listed by an index that goes in the same call goes too,
 * whatever the order. Of two requests for the same, the second finds nothing. What goes can be restored for a while
 * (`restoreImage`), and shows nowhere until then. Artifacts that refer to an image outlive it by a day
 * (`deleteReferrers`). What an index no longer protects is open to the lifecycle policy.
 *
 * @throws RepositoryNotFoundError
 */
export async function deleteImages(
  registry: Registry,
  key: RepositoryKey,
  images: readonly ImageToDelete[],
  options: DeletionOptions,
): Promise<ImageDeletion[]> {
  const { id, deletions } = await registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, key)
    const { id } = repository
    await options.guard?.(tx, repository)
    if (options.unless !== undefined && (await tx.images.find(id, options.unless)))
      return { id, deletions: images.map(() => ({ refused: new ReferenceChangedError() })) }
    const deletion = options.deletion ?? registry.newId()
    const deleting = { ...options, at: registry.now(), deletion, told: [] }
    const deletions = await deleteInRounds(tx, repository, images, deleting)
    await emitEvents(tx, registry, [...deleting.told, ...(options.tell?.(deletions) ?? [])])
    if (options.cause.reason !== 'lifecycle') await evaluateSoon(tx, repository, deleting.at)
    return { id, deletions }
  })
  const touched = deletions.flatMap((deletion) => ('deleted' in deletion ? deletion.deleted : []))
  registry.manifests.drop(
    id,
    touched.map(({ digest }) => digest),
  )
  return deletions
}

/** What an index held back is tried again after the rest, for as long as that sets anything free. */
async function deleteInRounds(
  tx: MetadataTransaction,
  repository: Repository,
  images: readonly ImageToDelete[],
  options: Deleting,
): Promise<ImageDeletion[]> {
  const deletions: ImageDeletion[] = []
  let waiting = [...images.entries()]
  let heldBack = 0
  do {
    heldBack = waiting.length
    for (const [at, image] of waiting) deletions[at] = await deleteOne(tx, repository, image, options)
    waiting = waiting.filter(([at]) => isHeldByIndex(deletions[at]))
  } while (waiting.length > 0 && waiting.length < heldBack)
  return deletions
}

function isHeldByIndex(deletion: ImageDeletion | undefined): boolean {
  if (deletion === undefined || !('refused' in deletion)) return false
  return deletion.refused instanceof ImageReferencedByManifestListError
}

async function deleteOne(
  tx: MetadataTransaction,
  repository: Repository,
  asked: ImageToDelete,
  deleting: Deleting,
): Promise<ImageDeletion> {
  const { id } = repository
  const image = await findAsked(tx, id, asked)
  const { lastTag, expectation, at, cause, told } = deleting
  const digest = image?.digest
  const tags = digest === undefined ? [] : ((await tx.tags.ofImages(id, [digest])).get(digest) ?? [])
  if (expectation?.(digest, tags) === false) return { refused: new ReferenceChangedError() }
  if (image === undefined || digest === undefined)
    return { refused: new ImageNotFoundError(repository, asked) }
  const indexes = await tx.images.indexesOf(id, digest)
  const decision = decideDeletion({ asked, image: digest, tags, indexes, lastTag })
  if ('refused' in decision) return decision
  if (decision.remove === 'tag') {
    await tx.tags.remove(id, decision.tag)
    await tx.history.record(id, [{ tag: decision.tag, from: digest, at, ...cause }])
    told.push(imageDeleted(repository, image, decision.tag))
    return { deleted: [{ digest, tag: decision.tag }] }
  }
  await tx.history.keep(id, digest, { ...deleting, tags })
  await tx.images.delete(id, digest, at)
  await deleteReferrersLater(tx, repository, digest, at)
  await tx.history.record(
    id,
    [...tags, undefined].map((tag) => ({ tag, from: digest, at, ...cause })),
  )
  const gone = tags.length === 0 ? [{ digest }] : tags.map((tag) => ({ digest, tag }))
  told.push(...gone.map(({ tag }: { tag?: Tag }) => imageDeleted(repository, image, tag)))
  return { deleted: gone }
}

/** In the transaction of the deletion, so that no crash leaves them for ever. */
async function deleteReferrersLater(
  tx: MetadataTransaction,
  repository: Repository,
  digest: Digest,
  at: Date,
): Promise<void> {
  const [referrer] = await tx.images.referrersOf(repository.id, digest, { limit: 1 })
  if (referrer === undefined) return
  await tx.jobs.add(referrersJob({ repository, digest, at }), new Date(at.getTime() + referrersOutlive))
}

async function findAsked(
  tx: MetadataTransaction,
  repositoryId: number,
  { digest, tag }: ImageToDelete,
): Promise<Image | undefined> {
  const named = tag === undefined ? digest : await tx.tags.find(repositoryId, tag)
  return named && tx.images.find(repositoryId, named)
}
