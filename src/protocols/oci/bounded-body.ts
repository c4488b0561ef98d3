import type { Readable } from 'node:stream'

/** Reads a whole body into memory; undefined as soon as it turns out to be longer than `limit` bytes. */
export async function readBoundedBody(body: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
