import type { Readable } from 'node:stream'
import type { Blob } from '../../core/images/blob.ts'
import type { ByteRange } from '../../stores/blobs/blob-store.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { apiVersion } from './answers.ts'
import { readByteRange } from './byte-range.ts'
import { entityTag, isKnownToClient, requireMatch } from './conditional.ts'
import { OciError } from './refusal.ts'

type ReadBlob = (range?: ByteRange) => Promise<Readable>

/**
 * Answers a GET for a blob: all of it, the range asked for (206), or nothing when the client has it (304).
 *
 * @throws OciError 416 for a range outside the blob, 412 when `If-Match` names something else
 */
export async function blobAnswer(
  { headers }: HttpRequest,
  blob: Blob,
  read: ReadBlob,
): Promise<HttpResponse> {
  requireMatch(headers['if-match'], blob.digest)
  if (isKnownToClient(headers['if-none-match'], blob.digest)) return blobHeadAnswer({ headers }, blob)
  const changed = headers['if-range'] !== undefined && headers['if-range'] !== entityTag(blob.digest)
  const range = readByteRange(changed ? undefined : headers.range, blob.size)
  if (range === 'all') return { status: 200, headers: blobHeaders(blob), body: await read(everything(blob)) }
  if (range === 'unsatisfiable') throw outside(blob.size)
  return {
    status: 206,
    headers: {
      ...blobHeaders(blob),
      'content-length': range.last - range.first + 1,
      'content-range': `bytes ${range.first}-${range.last}/${blob.size}`,
    },
    body: await read(range),
  }
}

/** Said in full, so that the store need not look for the end. */
function everything({ size }: Blob): ByteRange | undefined {
  return size === 0 ? undefined : { first: 0, last: size - 1 }
}

/** Answers a HEAD for a blob: its length and name. */
export function blobHeadAnswer({ headers }: Pick<HttpRequest, 'headers'>, blob: Blob): HttpResponse {
  requireMatch(headers['if-match'], blob.digest)
  const status = isKnownToClient(headers['if-none-match'], blob.digest) ? 304 : 200
  return { status, headers: blobHeaders(blob) }
}

function blobHeaders({ digest, size }: Blob): Record<string, string | number> {
  return {
    ...apiVersion,
    'content-type': 'application/octet-stream',
    'content-length': size,
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
    etag: entityTag(digest),
    'x-content-type-options': 'nosniff',
  }
}

function outside(size: number): OciError {
  return new OciError({
    status: 416,
    code: 'SIZE_INVALID',
    message: 'The range is outside the blob',
    headers: { 'content-range': `bytes */${size}` },
  })
}
