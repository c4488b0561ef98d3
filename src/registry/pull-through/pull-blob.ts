import type { Readable } from 'node:stream'
import type { Blob } from '../../core/images/blob.ts'
import { LayerNotFoundError } from '../../core/images/layer-errors.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { RegistryNotFoundError } from '../../outbound/registry/registry-errors.ts'
import type { ByteRange } from '../../stores/blobs/blob-store.ts'
import { readBlob, statBlob } from '../read-blob.ts'
import type { Registry } from '../registry.ts'
import { findAbsentBlob } from './absent-blob.ts'
import { findSource } from './find-source.ts'
import type { ImportConsent } from './import-consent.ts'
import { startBlobFetch } from './start-blob-fetch.ts'

/** A blob that can be read. */
export interface ReadableBlob {
  readonly blob: Blob
  read(range?: ByteRange): Promise<Readable>
}

/**
 * A blob of this very repository, as statBlob and readBlob; one that a cached image lists is brought from the upstream and read while
 * it comes. What comes under another digest is cut off before its last byte and not stored.
 *
 * @throws RepositoryNotFoundError
 * @throws LayerNotFoundError, also for a caller who may not have it brought
 * @throws UpstreamAccessDeniedError, UpstreamTooManyRequestsError, UpstreamUnavailableError
 */
export async function pullBlob(
  registry: Registry,
  repository: RepositoryKey,
  digest: Digest,
  consent: Pick<ImportConsent, 'mayImport'>,
): Promise<ReadableBlob> {
  try {
    const blob = await statBlob(registry, repository, digest)
    return { blob, read: (range) => readBlob(registry, repository, digest, range) }
  } catch (error) {
    if (!(error instanceof LayerNotFoundError)) throw error
    return await bring(registry, repository, digest, consent, error)
  }
}

async function bring(
  registry: Registry,
  repository: RepositoryKey,
  digest: Digest,
  consent: Pick<ImportConsent, 'mayImport'>,
  notFound: LayerNotFoundError,
): Promise<ReadableBlob> {
  const source = await findSource(registry, repository)
  const blob = source && (await findAbsentBlob(registry, repository, digest))
  if (source === undefined || blob === undefined || !(await consent.mayImport())) throw notFound
  try {
    const fetch = await startBlobFetch(registry, source, repository, blob)
    return { blob, read: async (range) => fetch.read(range) }
  } catch (error) {
    throw error instanceof RegistryNotFoundError ? notFound : error
  }
}

/**
 * A blob that `pullBlob` would bring, without bringing it; undefined for any other.
 *
 * @throws RepositoryNotFoundError
 */
export async function findPullableBlob(
  registry: Registry,
  repository: RepositoryKey,
  digest: Digest,
): Promise<Blob | undefined> {
  const source = await findSource(registry, repository)
  return source && findAbsentBlob(registry, repository, digest)
}
