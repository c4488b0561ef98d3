import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { ExchangeNotes } from '../../observability/exchange-notes.ts'

/** A request as the protocols see it, whatever library listens. */
export interface HttpRequest {
  readonly id: string
  readonly method: string
  /** Path and query exactly as they came, never decoded or normalised. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Names and values in the order received, for signatures. */
  readonly rawHeaders: readonly string[]
  /** The body's bytes as they come; not read yet. */
  readonly body: Readable
  /** `http` or `https`, as the client sees it. */
  readonly scheme: 'http' | 'https'
  /** The client's address, behind the proxies that are trusted. */
  readonly remoteAddress: string
  /** The address at the other end of the connection: the client's, or the last proxy's. */
  readonly peerAddress: string
  /** What the door learns about the request goes here, for logs and metrics. */
  readonly notes: ExchangeNotes
  /** It came on a connection too many, or as one guess too many: it is to be refused, to come back later. */
  isSurplus?: boolean
  /** Aborted when the client goes away or the server must stop. */
  readonly signal: AbortSignal
}

/**
 * A body stream that can also write itself out in pieces of memory that it uses again, at a fraction of a stream's cost:
 * `write` gets one piece at a time, which is overwritten once it has resolved.
 */
export interface SelfWriting {
  writeTo(write: (piece: Uint8Array) => Promise<void>): Promise<void>
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  /** A stream needs a `content-length` header among `headers`; one that is SelfWriting is taken so. */
  readonly body?: string | Uint8Array | Readable
}

/** One door of the server. It answers every request, its own errors included. */
export type HttpDoor = (request: HttpRequest) => Promise<HttpResponse>
