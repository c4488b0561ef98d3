import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { discardBody } from './discard-body.ts'
import type { HttpResponse, SelfWriting } from './exchange.ts'

type Body = HttpResponse['body']

/**
 * Sends an answer; streams go out as fast as the client reads, and HEAD is answered with the headers alone. A request body
 * that nobody has read to its end is thrown away for up to `lingerMs` after the answer and before the connection goes on.
 *
 * Rejects when the body's stream fails or the client goes away.
 */
export async function writeResponse(
  message: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  lingerMs: number,
): Promise<void> {
  response.writeHead(status, withLength(headers, status, body))
  if (message.complete && !(body instanceof Readable)) return endWith(response, body)
  await writeBody(response, body)
  if (!message.complete) await discardBody(message, lingerMs)
  response.end()
}

/** Up to this length it pays to copy bytes behind the headers. */
const joinedBytes = 64 * 1024

/** Node sends text together with the headers in one piece, and bytes in a second one: as Latin-1 bytes are text as they are. */
function endWith(response: ServerResponse, body: string | Uint8Array | undefined): void {
  if (typeof body !== 'object' || body.length > joinedBytes) return void response.end(body)
  const { buffer, byteOffset, byteLength } = body
  response.end(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), 'latin1')
}

async function writeBody(response: ServerResponse, body: Body): Promise<void> {
  if (body === undefined || response.req.method === 'HEAD') {
    response.flushHeaders()
    if (body instanceof Readable) body.destroy()
  } else if (body instanceof Readable) {
    await writeStream(response, body)
  } else {
    response.write(body)
  }
}

async function writeStream(response: ServerResponse, body: Readable): Promise<void> {
  // A stream that ends early must not pass for a whole answer: its end is an error then.
  response.strictContentLength = true
  response.once('close', () => body.destroy())
  const write = (piece: Uint8Array) => writePiece(response, piece)
  if (isSelfWriting(body)) return body.writeTo(write)
  for await (const piece of body) await write(piece)
}

function isSelfWriting(body: Readable): body is Readable & SelfWriting {
  return 'writeTo' in body && typeof body.writeTo === 'function'
}

/** The client went away before it had its whole answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError'
}

/** Resolves when the system has taken the piece. @throws ClientGoneError */
function writePiece(response: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(piece, (cause) =>
      cause ? reject(new ClientGoneError('The client has gone', { cause })) : resolve(),
    )
  })
}

function withLength(
  headers: HttpResponse['headers'],
  status: number,
  body: Body,
): HttpResponse['headers'] & Record<string, string | number> {
  const bodyless = status === 204 || status === 304
  if (bodyless || body instanceof Readable || 'content-length' in headers) return headers
  return { ...headers, 'content-length': body === undefined ? 0 : Buffer.byteLength(body) }
}
