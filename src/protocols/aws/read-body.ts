import { addAbortSignal, type Readable } from 'node:stream'
import { RefusalError } from './refusal.ts'

/**
 * Reads a whole body, at most `limit` bytes of it.
 *
 * @throws RefusalError body-too-large as soon as a byte too many is announced or arrives; the rest stays unread
 * @throws RefusalError body-cut-short when the body ends early or `signal` aborts
 */
export async function readBody(
  body: Readable,
  { limit, length, signal }: { limit: number; length: string | undefined; signal: AbortSignal },
): Promise<Buffer> {
  if (Number(length) > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(body, signal)) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

async function* chunksOf(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* addAbortSignal(signal, body)
  } catch (cause) {
    throw new RefusalError('body-cut-short', 'The request body ended before it was complete', { cause })
  }
}

function tooLarge(limit: number): RefusalError {
  return new RefusalError('body-too-large', `Request must be smaller than ${limit} bytes`)
}
