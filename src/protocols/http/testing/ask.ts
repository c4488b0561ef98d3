import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Listener } from '../listen.ts'

export interface Asked {
  readonly method?: string
  readonly path?: string
  readonly body?: string | Buffer
}

/** One request on a connection of its own, and its whole answer. */
export async function ask({ port }: Pick<Listener, 'port'>, { method = 'GET', path = '/', body }: Asked) {
  const outgoing = request({ host: '127.0.0.1', port, method, path, agent: false })
  const answered = answerTo(outgoing)
  outgoing.end(body)
  const answer = await answered
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

/** The head of the answer. Rejects when there is none; what goes wrong later is the reader's to see. */
export function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => outgoing.once('response', resolve).on('error', reject))
}
