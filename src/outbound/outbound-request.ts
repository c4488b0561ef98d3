import type { IncomingHttpHeaders } from 'node:http'

/** What proves to one server who asks. It is sent to that server and to no other, wherever redirects lead. */
export interface Credentials {
  /** Scheme, host and port, as `URL.origin` writes them. */
  readonly origin: string
  /** The value of the Authorization header. */
  readonly authorization: string
}

/** A request to another server. */
export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** http or https, without a user name in it. */
  readonly url: URL
  /** Without Authorization and Cookie: those are credentials. */
  readonly headers?: Readonly<Record<string, string>>
  readonly credentials?: Credentials | undefined
  /**
   * SHA-1, in lower-case hexadecimal, of certificates that this request believes as it believes the process' authorities. A server that
   * shows one of them in its chain still needs a chain from there, its name in its certificate, and times that fit.
   */
  readonly thumbprints?: readonly string[]
  /** Streamed as it comes, at the pace of the other side. Chunked unless `headers` say its Content-Length. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>
  /** Most bytes of the answer's body that are taken. */
  readonly maxBytes: number
  /** Most milliseconds until the answer's body is read; no limit unless told: a layer may take hours. */
  readonly deadline?: number
  readonly signal?: AbortSignal | undefined
}

/** An answer, whatever its status. Read its body to the end, or dispose of it, for its connection to be free again. */
export interface OutboundResponse extends AsyncDisposable {
  /** What answered, after redirects. */
  readonly url: URL
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Can be read once. Throws ResponseTooLargeError, OutboundTimeoutError and UnreachableError in the middle. */
  readonly body: AsyncIterable<Uint8Array>
}
