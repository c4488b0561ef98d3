import type { Blob } from '../../core/images/blob.ts'
import { DigestMismatchError, UploadNotFoundError } from '../../core/images/upload-errors.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { UpstreamUnavailableError } from '../../core/pull-through/errors.ts'
import type { OutboundResponse } from '../../outbound/outbound-request.ts'
import { fetchBlob } from '../../outbound/registry/fetch-blob.ts'
import { cancelUpload } from '../cancel-upload.ts'
import { finishUpload } from '../finish-upload.ts'
import type { Registry } from '../registry.ts'
import { startUpload } from '../start-upload.ts'
import { BlobFetch } from './blob-fetch.ts'
import type { CacheSource } from './find-source.ts'
import { askUpstream } from './upstream-trouble.ts'

/**
 * Begins to bring a blob, or joins those who wait for it already; resolves when the upstream has begun to send it. It is brought to
 * its end also when nobody waits any more.
 *
 * @throws RegistryNotFoundError when the upstream doesn't have it
 * @throws UpstreamAccessDeniedError, UpstreamTooManyRequestsError, UpstreamUnavailableError, StorageFullError
 */
export function startBlobFetch(
  registry: Registry,
  source: CacheSource,
  repository: RepositoryKey,
  blob: Blob,
): Promise<BlobFetch> {
  const { blobs } = registry.upstreams
  const { account, region, name } = repository
  const place = `${account}/${region}/${name}@${blob.digest}`
  const running = blobs.get(place)
  if (running !== undefined) return running
  const forget = () => blobs.delete(place)
  const started = start(registry, source, repository, blob)
  blobs.set(place, started)
  started.then(({ finished }) => finished.then(forget, forget), forget)
  return started
}

async function start(
  registry: Registry,
  source: CacheSource,
  repository: RepositoryKey,
  blob: Blob,
): Promise<BlobFetch> {
  const answer = await askUpstream(registry, source.rule, (session) =>
    fetchBlob(session, { repository: source.repository, ...blob, now: registry.now() }),
  )
  try {
    const { id: uploadId } = await startUpload(registry, repository)
    const { blobs: store } = registry
    const bring: Bring = (watched) => storeBlob(registry, { repository, uploadId, blob, answer, watched })
    return new BlobFetch({ blob, uploadId, store, bring })
  } catch (error) {
    await answer[Symbol.asyncDispose]()
    throw error
  }
}

type Bring = ConstructorParameters<typeof BlobFetch>[0]['bring']

interface Arriving {
  readonly repository: RepositoryKey
  readonly uploadId: string
  readonly blob: Blob
  readonly answer: OutboundResponse
  readonly watched: Parameters<Bring>[0]
}

async function storeBlob(registry: Registry, arriving: Arriving): Promise<void> {
  const { repository, uploadId, blob, answer, watched } = arriving
  const last = { body: watched(answer.body), length: blob.size }
  try {
    await finishUpload(registry, { repository, uploadId, digests: [blob.digest], last })
  } catch (error) {
    await dropUpload(registry, repository, uploadId)
    throw error instanceof DigestMismatchError ? otherContent(answer, blob) : error
  } finally {
    await answer[Symbol.asyncDispose]()
  }
}

async function dropUpload(registry: Registry, repository: RepositoryKey, uploadId: string): Promise<void> {
  try {
    await cancelUpload(registry, repository, uploadId)
  } catch (error) {
    if (!(error instanceof UploadNotFoundError)) throw error
  }
}

function otherContent({ url }: OutboundResponse, { digest }: Blob): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `${url.host} sent other bytes than those of ${digest}; nothing was stored`,
  )
}
