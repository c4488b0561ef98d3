import type { UploadBytes } from '../../registry/append-to-upload.ts'
import type { HttpRequest } from '../http/exchange.ts'
import { readChunkRange } from './chunk-range.ts'
import { OciError } from './refusal.ts'

type Chunk = Pick<UploadBytes, 'body' | 'firstByte' | 'length'>

/**
 * The bytes that a PATCH or PUT brings to an upload: with a `Content-Range` a chunk that has its place, without one a stream that
 * goes to the end.
 *
 * @throws OciError for a range that can't be read or that `Content-Length` contradicts
 */
export function readChunk({ headers, body }: HttpRequest): Chunk {
  const range = headers['content-range']
  if (range === undefined) return { body }
  const chunk = readChunkRange(range)
  const announced = headers['content-length']
  if (announced !== undefined && Number(announced) !== chunk.length) throw contradiction(range, announced)
  return { body, ...chunk }
}

/** Whether a request has a body at all (RFC 9112, section 6). */
export function hasBody({ headers }: HttpRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function contradiction(range: string, announced: string): OciError {
  return new OciError({
    status: 400,
    code: 'SIZE_INVALID',
    message: `Content-Length ${announced} is not the length of Content-Range ${range}`,
  })
}
