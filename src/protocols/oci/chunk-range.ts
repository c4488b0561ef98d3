import { OciError } from './refusal.ts'

/** Where a chunk of an upload belongs and how long it says it is, in bytes. */
export interface ChunkRange {
  readonly firstByte: number
  readonly length: number
}

const pattern = /^(?:bytes )?([0-9]{1,15})-([0-9]{1,15})(?:\/(?:[0-9]{1,15}|\*))?$/

/**
 * Reads the `Content-Range` of a chunk, `<first>-<last>` with both ends included. HTTP's own spelling, with `bytes ` before and a
 * total after, is read too, since HTTP libraries write it.
 *
 * @throws OciError BLOB_UPLOAD_INVALID for anything else
 * @see distribution spec, "Pushing a blob in chunks"
 */
export function readChunkRange(header: string): ChunkRange {
  const [, first, last] = pattern.exec(header) ?? []
  const range = { firstByte: Number(first), length: Number(last) - Number(first) + 1 }
  if (range.length > 0) return range
  throw new OciError({
    status: 400,
    code: 'BLOB_UPLOAD_INVALID',
    message: `Not a range of bytes: '${header}'`,
  })
}
