import type { Image, ImageStatus } from '../core/images/image.ts'
import type { StorageState } from '../core/images/storage.ts'
import { readManifest } from '../core/manifests/read-manifest.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { findRepository } from './find-repository.ts'
import { loadManifest } from './load-manifest.ts'
import type { Registry } from './registry.ts'

/** An OCI descriptor of a manifest that refers to a subject. */
export interface Referrer {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly artifactType?: string
  readonly storage: StorageState
  readonly annotations?: Readonly<Record<string, string>>
}

export interface ReferrerPage {
  readonly referrers: readonly Referrer[]
  /** The `after` of the next page; absent when there is none. */
  readonly next?: Digest
}

export interface ReferrerQuery {
  /** Of one of these types; none named means of any. */
  readonly artifactTypes?: readonly string[] | undefined
  /** Those that can be pulled, unless told. */
  readonly status?: ImageStatus
  readonly after?: Digest | undefined
  /** At least 1. */
  readonly limit: number
}

/** A page ends early when it looked at this many manifests or its descriptors have this many characters. */
const maxExamined = 1_000
const maxCharacters = 1024 * 1024
const readAtOnce = 100

/**
 * One page of the manifests whose `subject` is this digest, by digest, whether or not the subject is here. A page may
 * hold fewer than `limit` and even none while another follows.
 *
 * @throws RepositoryNotFoundError
 * @see distribution spec, "Listing Referrers"
 */
export async function listReferrers(
  registry: Registry,
  key: RepositoryKey,
  subject: Digest,
  { artifactTypes = [], status = 'ACTIVE', after, limit }: ReferrerQuery,
): Promise<ReferrerPage> {
  const { id } = await findRepository(registry, key)
  const referrers: Referrer[] = []
  let [examined, characters] = [0, 0]
  let last = after
  for await (const image of imagesAbout(registry, id, subject, after)) {
    const full = referrers.length >= limit || examined >= maxExamined || characters >= maxCharacters
    if (full && last !== undefined) return { referrers, next: last }
    examined++
    last = image.digest
    if (!isOfOneType(image, artifactTypes) || !isInState(image, status)) continue
    const referrer = await describe(registry, id, image)
    characters += JSON.stringify(referrer).length
    referrers.push(referrer)
  }
  return { referrers }
}

function isOfOneType({ artifactType }: Image, artifactTypes: readonly string[]): boolean {
  return artifactTypes.length === 0 || (artifactType !== undefined && artifactTypes.includes(artifactType))
}

function isInState({ storage }: Image, status: ImageStatus): boolean {
  return status === 'ANY' || status === storage
}

async function* imagesAbout(
  { metadata }: Registry,
  repositoryId: number,
  subject: Digest,
  start: Digest | undefined,
): AsyncGenerator<Image, void, undefined> {
  let images: Image[]
  let after = start
  do {
    images = await metadata.images.referrersOf(repositoryId, subject, { after, limit: readAtOnce })
    yield* images
    after = images.at(-1)?.digest
  } while (images.length === readAtOnce)
}

async function describe(registry: Registry, repositoryId: number, image: Image): Promise<Referrer> {
  const { mediaType, digest, manifestBytes: size, artifactType, storage } = image
  const content = await contentOf(registry, repositoryId, image)
  const annotations = content && readManifest(content, mediaType).annotations
  return {
    mediaType,
    digest,
    size,
    storage,
    ...(artifactType !== undefined && { artifactType }),
    ...(annotations !== undefined && Object.keys(annotations).length > 0 && { annotations }),
  }
}

/** The cache holds only what can be pulled. */
async function contentOf(
  registry: Registry,
  repositoryId: number,
  { digest, storage }: Image,
): Promise<Uint8Array | undefined> {
  if (storage !== 'ACTIVE') return registry.metadata.images.content(repositoryId, digest)
  return (await loadManifest(registry, repositoryId, digest))?.content
}
