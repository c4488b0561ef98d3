import { type DomainError, LimitExceededError } from '../core/errors.ts'
import { ReferencedImagesNotFoundError } from '../core/images/errors.ts'
import type { Image } from '../core/images/image.ts'
import { LayersNotFoundError } from '../core/images/layer-errors.ts'
import { artifactTypeOf } from '../core/manifests/artifact-type.ts'
import { imageSize } from '../core/manifests/image-size.ts'
import type { Manifest } from '../core/manifests/manifest.ts'
import { type References, referencesOf } from '../core/manifests/references.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'
import { scanSoon } from './scans/scan-soon.ts'

/** Whether an image may be stored whose blobs, or an index whose manifests, the repository doesn't have. */
export type MissingContent = 'refused' | 'accepted'

/** A manifest that has been read, with the bytes it was read from and their digest. */
export interface ReadManifest {
  readonly manifest: Manifest
  readonly content: Uint8Array
  readonly digest: Digest
  /** What is known of an image that comes back; a new one is pushed now, and active. */
  readonly known?: Image
}

/**
 * Adds an image to a locked repository that doesn't have it. All it refers to, one level deep, must be in this
 * repository, and what an active index lists be active, unless `missing` content is accepted; its subject need not be anywhere. A blob that comes later is needed
 * from then on, as a manifest is that an index lists.
 *
 * @throws LayersNotFoundError, ReferencedImagesNotFoundError, LimitExceededError (images per repository)
 */
export async function addImage(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  { manifest, content, digest, known }: ReadManifest,
  missing: MissingContent,
): Promise<Image> {
  const references = referencesOf(manifest)
  const blobs = await presentBlobs(tx, repository, references)
  const children = await presentChildren(tx, repository, references)
  if (missing === 'refused') {
    requireAll(references.blobs, blobs, (digests) => new LayersNotFoundError(repository, digests))
    const isArchive = known !== undefined && known.storage !== 'ACTIVE'
    const found = children
      .filter(({ storage }) => isArchive || storage === 'ACTIVE')
      .map((child) => child.digest)
    requireAll(
      references.children,
      found,
      (digests) => new ReferencedImagesNotFoundError(repository, digests),
    )
  }
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
    ...(known === undefined ? { pushedAt: registry.now(), storage: 'ACTIVE' } : pastOf(known)),
  }
  const absentBlobs = without([...references.blobs, ...references.optionalBlobs], blobs)
  await tx.images.add(repository.id, { image, content, blobs, absentBlobs, children: references.children })
  if (image.storage === 'ACTIVE') await scanSoon(tx, registry, repository, image)
  return image
}

/** What happened to an image, whatever its manifest says. */
function pastOf({ pushedAt, lastPulledAt, storage, lastArchivedAt, lastActivatedAt }: Image) {
  return {
    pushedAt,
    storage,
    ...(lastPulledAt && { lastPulledAt }),
    ...(lastArchivedAt && { lastArchivedAt }),
    ...(lastActivatedAt && { lastActivatedAt }),
  }
}

async function presentBlobs(
  tx: MetadataTransaction,
  { id }: Repository,
  { blobs, optionalBlobs }: References,
): Promise<Digest[]> {
  const present = await tx.blobLinks.findMany(id, [...blobs, ...optionalBlobs])
  return present.map(({ digest }) => digest)
}

function presentChildren(
  tx: MetadataTransaction,
  { id }: Repository,
  { children }: References,
): Promise<Image[]> {
  return tx.images.findMany(id, children)
}

function requireAll(
  wanted: readonly Digest[],
  present: readonly Digest[],
  refusal: (missing: readonly Digest[]) => DomainError,
): void {
  const missing = without(wanted, present)
  if (missing.length > 0) throw refusal(missing)
}

function without(digests: readonly Digest[], present: readonly Digest[]): Digest[] {
  return [...new Set(digests).difference(new Set(present))]
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
