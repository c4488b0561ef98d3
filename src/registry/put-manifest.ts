import { ImageTagAlreadyExistsError, LimitExceededError } from '../core/errors.ts'
import type { Image } from '../core/images/image.ts'
import { decidePush, type PushOutcome } from '../core/images/push.ts'
import { invalidManifest } from '../core/manifests/invalid-manifest.ts'
import { readManifest } from '../core/manifests/read-manifest.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Repository } from '../core/repositories/repository.ts'
import { type ImmutableBy, immutableBy } from '../core/repositories/tag-mutability.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { addImage, type ReadManifest } from './add-image.ts'
import { digestOfPush } from './digest-of-push.ts'
import { findRepository } from './find-repository.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

export interface ManifestPush {
  readonly repository: RepositoryKey
  /** The manifest's exact bytes. */
  readonly content: Uint8Array
  /** What the client says it is; the manifest's own `mediaType` must agree, and either is enough. */
  readonly mediaType?: string | undefined
  readonly tag?: Tag | undefined
  /** What the client says the digest is. */
  readonly digest?: Digest | undefined
}

export interface ManifestPut {
  readonly image: Image
  readonly tag?: Tag | undefined
  readonly outcome: PushOutcome
  /** With `unchanged` and a tag: what forbids the tag to be pushed again, if anything does. */
  readonly immutable?: ImmutableBy | undefined
}

/**
 * What a push means, for both doors: the manifest with all it refers to, and its tag, are stored together or not at
 * all. Pushes to one repository go one after another, so that of two that race for an immutable tag one is refused.
 *
 * @throws RepositoryNotFoundError
 * @throws InvalidParameterError, InvalidRequestError for a manifest that isn't one, as readManifest does
 * @throws ImageDigestDoesNotMatchError
 * @throws ImageTagAlreadyExistsError for other content under an immutable tag
 * @throws LayersNotFoundError, ReferencedImagesNotFoundError
 * @throws LimitExceededError for images per repository and tags per image
 */
export async function putManifest(registry: Registry, push: ManifestPush): Promise<ManifestPut> {
  await findRepository(registry, push.repository)
  const manifest = readManifest(push.content, push.mediaType)
  const read = { manifest, content: push.content, digest: digestOfPush(push) }
  return registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, push.repository)
    return store(tx, registry, repository, read, push.tag)
  })
}

async function store(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  read: ReadManifest,
  tag: Tag | undefined,
): Promise<ManifestPut> {
  const existing = await findSame(tx, repository, read)
  const { outcome, immutable } = await decide(tx, repository, read.digest, existing, tag)
  const image = existing ?? (await addImage(tx, registry, repository, read))
  if (outcome !== 'unchanged' && tag !== undefined) {
    await checkQuota(tx, registry, repository, read.digest)
    await tx.tags.put(repository.id, tag, read.digest, registry.now())
  }
  return { image, tag, outcome, ...(outcome === 'unchanged' && { immutable }) }
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

async function decide(
  tx: MetadataTransaction,
  repository: Repository,
  digest: Digest,
  existing: Image | undefined,
  tag: Tag | undefined,
): Promise<{ outcome: PushOutcome; immutable: ImmutableBy | undefined }> {
  const immutable = tag && immutableBy(repository.tagMutability, tag)
  const current = tag && (await tx.tags.find(repository.id, tag))
  const tagged = tag && { tag: { name: tag, current, immutableBy: immutable } }
  const outcome = decidePush({ digest, known: existing !== undefined, ...tagged })
  if (typeof outcome === 'object') {
    throw new ImageTagAlreadyExistsError(repository, outcome.tag, outcome.immutableBy)
  }
  return { outcome, immutable }
}

/** The tag is new to the image here, whether it exists or not. */
async function checkQuota(
  tx: MetadataTransaction,
  { quotas }: Registry,
  { id, name, account }: Repository,
  digest: Digest,
): Promise<void> {
  const tags = (await tx.tags.ofImages(id, [digest])).get(digest) ?? []
  if (tags.length < quotas.tagsPerImage) return
  throw new LimitExceededError(
    `The limit of ${quotas.tagsPerImage} tags per image is reached for the image with digest '${digest}' in the repository with name '${name}' in the registry with id '${account}'`,
  )
}
