import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'

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
  readonly remoteAddress: string
  /** Aborted when the client goes away or the server must stop. */
  readonly signal: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  /** A stream needs a `content-length` header among `headers`. */
  readonly body?: string | Uint8Array | Readable
}

/** One door of the server. It answers every request, its own errors included. */
export type HttpDoor = (request: HttpRequest) => Promise<HttpResponse>
