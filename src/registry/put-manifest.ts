import type { Occurrence } from '../core/events/event.ts'
import { imagePushed } from '../core/events/image-pushed.ts'
import { imageReplicated } from '../core/events/image-replicated.ts'
import type { Cause } from '../core/images/cause.ts'
import { ImageTagAlreadyExistsError, ReferenceChangedError } from '../core/images/errors.ts'
import type { Expectation } from '../core/images/expectation.ts'
import type { Image } from '../core/images/image.ts'
import { decidePush, movingTags, type PushOutcome, type TagPlace } from '../core/images/push.ts'
import { invalidManifest } from '../core/manifests/invalid-manifest.ts'
import { readManifest } from '../core/manifests/read-manifest.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { ImmutableBy } from '../core/repositories/tag-mutability.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { makeActive } from './activate-image.ts'
import { addImage, type MissingContent, type ReadManifest } from './add-image.ts'
import { digestOfPush } from './digest-of-push.ts'
import { emitEvents } from './emit-events.ts'
import { findRepository } from './find-repository.ts'
import { evaluateSoon } from './lifecycle/evaluate-soon.ts'
import { lockRepository } from './lock-repository.ts'
import { putTags } from './put-tags.ts'
import type { Registry } from './registry.ts'
import { replicateSoon } from './replication/replicate-soon.ts'
import { signSoon } from './signing/sign-soon.ts'
import { tagPlaces } from './tag-places.ts'

export interface ManifestPush {
  readonly repository: RepositoryKey
  /** The manifest's exact bytes. */
  readonly content: Uint8Array
  /** What the client says it is; the manifest's own `mediaType` must agree, and either is enough. */
  readonly mediaType?: string | undefined
  /** The names it gets, all of them or none; without any it is known by its digest alone. */
  readonly tags?: readonly Tag[] | undefined
  /** What the client says the digest is. */
  readonly digest?: Digest | undefined
  /** Refused unless told otherwise, as on ECR. */
  readonly missing?: MissingContent | undefined
  /** What must hold of the digest, where the client names one, and of the tag otherwise. */
  readonly expectation?: Expectation | undefined
  readonly cause: Cause
  /** The registry that a replica comes from. It is told of as one, and goes on to no other. */
  readonly replicatedFrom?: RegistryKey | undefined
  /** What else is written in the same transaction; it may run again. */
  readonly also?:
    | ((tx: MetadataTransaction, repository: Repository, image: Image) => Promise<void>)
    | undefined
}

export interface ManifestPut {
  readonly image: Image
  readonly outcome: PushOutcome
  /** With `unchanged`: what forbids a tag of the push to be pushed again, if anything does. */
  readonly immutable?: ImmutableBy | undefined
}

/**
 * What a push means, for both doors: the manifest with all it refers to, and its tags, are stored together or not at
 * all. Pushes to one repository go one after another, so that of two that race for an immutable tag one is refused.
 *
 * @throws RepositoryNotFoundError
 * @throws InvalidParameterError, InvalidRequestError for a manifest that isn't one, as readManifest does
 * @throws ImageDigestDoesNotMatchError
 * @throws ReferenceChangedError when the expectation doesn't hold
 * @throws ImageTagAlreadyExistsError for other content under an immutable tag
 * @throws LayersNotFoundError, ReferencedImagesNotFoundError unless `missing` content is accepted
 * @throws LimitExceededError for images per repository and tags per image
 */
export async function putManifest(registry: Registry, push: ManifestPush): Promise<ManifestPut> {
  await findRepository(registry, push.repository)
  const manifest = readManifest(push.content, push.mediaType)
  const read = { manifest, content: push.content, digest: digestOfPush(push) }
  return registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, push.repository)
    return storeManifest(tx, registry, repository, read, push)
  })
}

/** What a push means inside a transaction that holds the repository. Throws as putManifest does. */
export async function storeManifest(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  read: ReadManifest,
  push: Omit<ManifestPush, 'repository' | 'content'>,
): Promise<ManifestPut> {
  const { digest } = read
  const existing = await findSame(tx, repository, read)
  const tags = await tagPlaces(tx, repository, [...new Set(push.tags)])
  const current = push.digest === undefined ? tags[0]?.current : existing?.digest
  if (push.expectation?.(current) === false) throw new ReferenceChangedError()
  const outcome = decidePush({ digest, storage: existing?.storage, tags })
  if (typeof outcome === 'object') {
    throw new ImageTagAlreadyExistsError(repository, outcome.tag, outcome.immutableBy)
  }
  if (existing !== undefined && outcome === 'restored') {
    await makeActive(tx, registry, repository, existing, push.cause.reason)
  }
  const known = outcome === 'restored' ? await tx.images.find(repository.id, digest) : existing
  const image = known ?? (await addImage(tx, registry, repository, read, push.missing ?? 'refused'))
  await putTags(tx, registry, repository, digest, { places: tags, cause: push.cause })
  const names = namesToTell(digest, { outcome, tags, cause: push.cause })
  await emitEvents(
    tx,
    registry,
    names.map((name) => arrivalOf(repository, image, name, push)),
  )
  if (outcome !== 'unchanged') {
    const arrived = { image: digest, tags: names.filter((name) => name !== undefined) }
    await replicateSoon(tx, registry, repository, { arrived: [arrived], reason: push.cause.reason })
    await signSoon(tx, registry, repository, { image, tags: [...new Set(push.tags)], cause: push.cause })
    await evaluateSoon(tx, repository, registry.now())
  }
  await push.also?.(tx, repository, image)
  const immutable = tags.find(({ immutableBy }) => immutableBy !== undefined)?.immutableBy
  return { image, outcome, ...(outcome === 'unchanged' && { immutable }) }
}

/**
 * The tags that a push is told of under, or undefined for none. A container client that pushes what is there already has pushed it all
 * the same; PutImage refuses that, and tells of nothing.
 */
function namesToTell(
  digest: Digest,
  {
    outcome,
    tags,
    cause,
  }: Pick<ManifestPush, 'cause'> & {
    readonly outcome: PushOutcome
    readonly tags: readonly TagPlace[]
  },
): (Tag | undefined)[] {
  if (outcome === 'unchanged' && cause.reason !== 'push') return []
  const isWhole = outcome === 'restored' || outcome === 'unchanged'
  const given = isWhole ? tags : movingTags(digest, tags)
  return tags.length === 0 ? [undefined] : given.map(({ name }) => name)
}

function arrivalOf(
  repository: Repository,
  image: Image,
  tag: Tag | undefined,
  { replicatedFrom: source }: Pick<ManifestPush, 'replicatedFrom'>,
): Occurrence {
  if (source === undefined) return imagePushed(repository, image, tag)
  return imageReplicated(repository, { source, digest: image.digest, tag, result: 'SUCCESS' })
}

/** The same bytes can't be here as a manifest of two types: a client would see whichever came first. */
async function findSame(
  tx: MetadataTransaction,
  repository: Repository,
  { manifest, digest }: ReadManifest,
): Promise<Image | undefined> {
  const existing = await tx.images.find(repository.id, digest)
  if (existing !== undefined && existing.mediaType !== manifest.mediaType) {
    throw invalidManifest(`the image is here with the media type '${existing.mediaType}'`)
  }
  return existing
}
