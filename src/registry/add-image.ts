import { LayersNotFoundError, LimitExceededError, ReferencedImagesNotFoundError } from '../core/errors.ts'
import type { Image } from '../core/images/image.ts'
import { artifactTypeOf } from '../core/manifests/artifact-type.ts'
import { imageSize } from '../core/manifests/image-size.ts'
import type { Manifest } from '../core/manifests/manifest.ts'
import { type References, referencesOf } from '../core/manifests/references.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'

/** A manifest that has been read, with the bytes it was read from and their digest. */
export interface ReadManifest {
  readonly manifest: Manifest
  readonly content: Uint8Array
  readonly digest: Digest
}

/**
 * Adds an image to a locked repository that doesn't have it. All it refers to, one level deep, must be in this
 * repository; its subject need not be anywhere.
 *
 * @throws LayersNotFoundError, ReferencedImagesNotFoundError, LimitExceededError (images per repository)
 */
export async function addImage(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  { manifest, content, digest }: ReadManifest,
): Promise<Image> {
  const references = referencesOf(manifest)
  const blobs = await presentBlobs(tx, repository, references)
  const children = await presentChildren(tx, repository, references)
  await checkQuota(tx, registry, repository)
  const artifactType = artifactTypeOf(manifest)
  const { mediaType, subject } = manifest
  const image: Image = {
    digest,
    mediaType,
    manifestBytes: content.byteLength,
    sizeInBytes: imageSize(manifest, new Map(children.map((child) => [child.digest, child.sizeInBytes]))),
    ...(artifactType !== undefined && { artifactType }),
    ...(subject !== undefined && { subject }),
    pushedAt: registry.now(),
  }
  await tx.images.add(repository.id, { image, content, blobs, children: references.children })
  return image
}

async function presentBlobs(
  tx: MetadataTransaction,
  repository: Repository,
  { blobs, optionalBlobs }: References,
): Promise<Digest[]> {
  const wanted = [...new Set([...blobs, ...optionalBlobs])]
  const present = new Set((await tx.blobLinks.findMany(repository.id, wanted)).map(({ digest }) => digest))
  const missing = blobs.filter((digest) => !present.has(digest))
  if (missing.length > 0) throw new LayersNotFoundError(repository, missing)
  return wanted.filter((digest) => present.has(digest))
}

async function presentChildren(
  tx: MetadataTransaction,
  repository: Repository,
  { children }: References,
): Promise<Image[]> {
  const images = await tx.images.findMany(repository.id, children)
  const present = new Set(images.map(({ digest }) => digest))
  const missing = children.filter((digest) => !present.has(digest))
  if (missing.length > 0) throw new ReferencedImagesNotFoundError(repository, missing)
  return images
}

async function checkQuota(
  tx: MetadataTransaction,
  { quotas }: Registry,
  { id, name, account }: Repository,
): Promise<void> {
  if ((await tx.images.count(id)) < quotas.imagesPerRepository) return
  throw new LimitExceededError(
    `The limit of ${quotas.imagesPerRepository} images per repository is reached in the repository with name '${name}' in the registry with id '${account}'`,
  )
}
