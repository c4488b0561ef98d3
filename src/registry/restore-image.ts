import { imagePushed } from '../core/events/image-pushed.ts'
import type { Cause } from '../core/images/cause.ts'
import { ImageNotFoundError, ImageTagAlreadyExistsError } from '../core/images/errors.ts'
import type { Image } from '../core/images/image.ts'
import { decidePush } from '../core/images/push.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { MissingContent } from './add-image.ts'
import { emitEvents } from './emit-events.ts'
import { lockRepository } from './lock-repository.ts'
import { putTags } from './put-tags.ts'
import type { Registry } from './registry.ts'
import { type Arrival, replicateSoon } from './replication/replicate-soon.ts'
import { type Revived, reviveImage } from './revive-image.ts'
import { tagPlaces } from './tag-places.ts'

export interface Restoration {
  readonly repository: RepositoryKey
  readonly digest: Digest
  /** A tag that is to point at the image, as a push under it would have it: from another image too, unless it is immutable. */
  readonly tag?: Tag | undefined
  /** Whether images that come back get the tags they had; one that another image has by now stays there. */
  readonly formerTags: 'restored' | 'left'
  /** As for a push. */
  readonly missing: MissingContent
  /** The ARN of who asks. */
  readonly actor: string
}

/** A tag and the image that has it. */
export interface PlacedTag {
  readonly tag: Tag
  readonly digest: Digest
}

export interface Restored {
  readonly image: Image
  /** All that came back: the image, what an index lists, and referrers that went with them. Nothing if it was all there. */
  readonly images: readonly Digest[]
  /** Tags that were pointed at them. */
  readonly tags: readonly PlacedTag[]
  /** Former tags that other images have by now, and which. */
  readonly taken: readonly PlacedTag[]
}

/**
 * Takes a deletion or the move of a tag back: the image is as it was, with the images that it lists and the referrers that went
 * with it, all in one transaction. What is so already stays so, and is a success.
 *
 * @throws RepositoryNotFoundError
 * @throws ImageNotFoundError when the image is neither here nor kept
 * @throws ImageTagAlreadyExistsError when the tag is immutable and another image's
 * @throws LayersNotFoundError, ReferencedImagesNotFoundError for what was deleted by its own name, unless `missing` is accepted
 * @throws LimitExceededError for images per repository and tags per image
 */
export async function restoreImage(registry: Registry, asked: Restoration): Promise<Restored> {
  return registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, asked.repository)
    const cause: Cause = { actor: asked.actor, reason: 'restore' }
    const revived = await reviveImage(tx, registry, repository, asked.digest, { ...asked, cause })
    const image = await tx.images.find(repository.id, asked.digest)
    if (image === undefined) throw new ImageNotFoundError(repository, { digest: asked.digest })
    const tags = await pointTag(tx, registry, repository, asked, cause)
    const former = asked.formerTags === 'restored' ? revived : []
    const { given, taken } = await giveFormerTags(tx, registry, repository, former, cause)
    const placed = [...tags, ...given]
    const returns = returnsOf(revived, placed)
    await emitReturn(tx, registry, repository, returns)
    await replicateSoon(tx, registry, repository, { arrived: returns, reason: cause.reason })
    return { image, images: revived.map(({ digest }) => digest), tags: placed, taken }
  })
}

/** What is there again, each image with the tags that were pointed at it. */
function returnsOf(revived: readonly Revived[], placed: readonly PlacedTag[]): Arrival[] {
  const digests = new Set([...revived, ...placed].map(({ digest }) => digest))
  return [...digests].map((image) => ({
    image,
    tags: placed.filter(({ digest }) => digest === image).map(({ tag }) => tag),
  }))
}

/** Who follows the events of a repository learns of what is there again as of a push. */
async function emitReturn(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  returns: readonly Arrival[],
): Promise<void> {
  const digests = returns.map(({ image }) => image)
  const images = new Map(
    (await tx.images.findMany(repository.id, digests)).map((image) => [image.digest, image]),
  )
  const pushes = returns.flatMap(({ image: digest, tags }) => {
    const image = images.get(digest)
    if (image === undefined) return []
    return (tags.length === 0 ? [undefined] : tags).map((tag) => imagePushed(repository, image, tag))
  })
  await emitEvents(tx, registry, pushes)
}

async function pointTag(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  { digest, tag }: Restoration,
  cause: Cause,
): Promise<PlacedTag[]> {
  if (tag === undefined) return []
  const places = await tagPlaces(tx, repository, [tag])
  const outcome = decidePush({ digest, storage: 'ACTIVE', tags: places })
  if (typeof outcome === 'object') {
    throw new ImageTagAlreadyExistsError(repository, outcome.tag, outcome.immutableBy)
  }
  await putTags(tx, registry, repository, digest, { places, cause })
  return outcome === 'unchanged' ? [] : [{ tag, digest }]
}

/** Never takes a tag from another image: whoever gave it there may not know that it was here before. */
async function giveFormerTags(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  revived: readonly Revived[],
  cause: Cause,
): Promise<{ readonly given: PlacedTag[]; readonly taken: PlacedTag[] }> {
  const given: PlacedTag[] = []
  const taken: PlacedTag[] = []
  for (const { digest, tags } of revived) {
    const places = await tagPlaces(tx, repository, tags)
    const free = places.filter(({ current }) => current === undefined)
    await putTags(tx, registry, repository, digest, { places: free, cause })
    given.push(...free.map(({ name }) => ({ tag: name, digest })))
    for (const { name, current } of places) {
      if (current !== undefined && current !== digest) taken.push({ tag: name, digest: current })
    }
  }
  return { given, taken }
}
