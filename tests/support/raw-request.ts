import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface RawRequest {
  readonly method?: string
  /** Sent exactly so, where `fetch` would normalise it. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request on a connection of its own, with nothing added or tidied up but the length of its body. */
export function sendRaw(
  port: number,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false })
    outgoing.once('response', (answer) => read(answer).then(resolve, reject)).on('error', reject)
    outgoing.end(body)
  })
}

async function read(answer: IncomingMessage): Promise<RawAnswer> {
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) }
}
