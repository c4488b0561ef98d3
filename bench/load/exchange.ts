import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Server } from '../peers/server-process.ts'

/** One request to a server under test; what every request of that server needs is added. */
export interface Outgoing {
  readonly method: string
  /** A path with its query, or an absolute URL on the same server, as a Location may be. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string | number>>
  /** Pieces go out as they are asked for; without a content-length among the headers, chunked. */
  readonly body?: Iterable<Uint8Array>
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** @throws Error when the answer has another status than `status` */
export async function exchange(server: Server, outgoing: Outgoing, status: number): Promise<Answer> {
  const message = await send(server, outgoing)
  const answer = { status: message.statusCode ?? 0, headers: message.headers, body: await buffer(message) }
  if (answer.status === status) return answer
  const said = answer.body.toString('utf8', 0, 500)
  throw new Error(
    `${server.name}: ${outgoing.method} ${outgoing.path} gave ${answer.status} for ${status}: ${said}`,
  )
}

async function send(server: Server, outgoing: Outgoing): Promise<IncomingMessage> {
  const url = new URL(outgoing.path, `http://${server.host}:${server.port}`)
  const headers = { ...server.headers, ...outgoing.headers }
  const answered = Promise.withResolvers<IncomingMessage>()
  const message = request(url, { method: outgoing.method, headers })
  message.once('response', answered.resolve)
  message.once('error', answered.reject)
  for (const piece of outgoing.body ?? []) {
    if (!message.write(piece)) await Promise.race([drained(message), answered.promise])
  }
  message.end()
  return answered.promise
}

function drained(message: ReturnType<typeof request>): Promise<void> {
  return new Promise((resolve) => message.once('drain', resolve))
}
