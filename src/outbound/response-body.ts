import type { IncomingMessage } from 'node:http'
import { finished } from 'node:stream/promises'
import { ResponseTooLargeError } from './outbound-errors.ts'
import type { OutboundRequest } from './outbound-request.ts'

/** A rest up to this size is read and forgotten, so that its connection can be used again. */
const smallRest = 65_536

/**
 * The body of an answer as it comes, up to the request's `maxBytes`.
 *
 * @param explain makes the error that the reader gets from what the connection says
 */
export async function* responseBody(
  message: IncomingMessage,
  { url, maxBytes }: OutboundRequest,
  explain: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  let taken = 0
  try {
    for await (const bytes of message) {
      taken += bytes.length
      if (taken > maxBytes) throw new ResponseTooLargeError(url.host, maxBytes)
      yield bytes
    }
  } catch (error) {
    throw explain(error)
  }
}

/**
 * Refuses an answer that says it is too large before any of it is read.
 *
 * @throws {ResponseTooLargeError}
 */
export function checkAnnouncedSize(
  message: IncomingMessage,
  { method, url, maxBytes }: OutboundRequest,
): void {
  if (method === 'HEAD' || announcedSize(message) <= maxBytes) return
  message.destroy()
  throw new ResponseTooLargeError(url.host, maxBytes)
}

/** Frees the connection of an answer that isn't read to its end: for the next request, or by cutting it. */
export async function discardRest(message: IncomingMessage, { method }: OutboundRequest): Promise<void> {
  const isSmall = 'content-length' in message.headers && announcedSize(message) <= smallRest
  if (isSmall || method === 'HEAD') message.resume()
  else message.destroy()
  // Nobody waits for this answer any more, so nobody is to be told how it broke off.
  await finished(message).catch(() => undefined)
}

function announcedSize({ headers }: IncomingMessage): number {
  return Number(headers['content-length'] ?? 0)
}
