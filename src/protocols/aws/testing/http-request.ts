import { Readable } from 'node:stream'
import { ExchangeNotes } from '../../../observability/exchange-notes.ts'
import type { HttpRequest } from '../../http/exchange.ts'

/** What a test wants to send; the rest is ordinary. */
export interface RequestParts {
  readonly method?: string
  /** Path and query as they stand on the wire. */
  readonly url?: string
  /** Names and values; a name may come twice. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string | Uint8Array | Readable
  readonly signal?: AbortSignal
}

/** A request as the HTTP room hands it to a door. */
export function httpRequest(parts: RequestParts): HttpRequest {
  const { method = 'POST', url = '/', headers = [], body = '', signal } = parts
  return {
    id: 'request-1',
    method,
    url,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    rawHeaders: headers.flat(),
    body: body instanceof Readable ? body : Readable.from(body.length > 0 ? [Buffer.from(body)] : []),
    scheme: 'http',
    remoteAddress: '127.0.0.1',
    peerAddress: '127.0.0.1',
    notes: new ExchangeNotes(),
    signal: signal ?? new AbortController().signal,
  }
}
