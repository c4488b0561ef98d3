import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { ExchangeNotes } from '../../observability/exchange-notes.ts'
import { clientAddress, type IsTrusted } from './client-address.ts'
import type { HttpRequest } from './exchange.ts'
import type { HttpLimits } from './http-limits.ts'
import { RequestBody } from './request-body.ts'

/** What is known of a request besides what Node says. */
export interface RequestFacts {
  readonly id: string
  readonly limits: HttpLimits
  readonly isTrustedProxy: IsTrusted
  readonly isSurplus: boolean
}

/** Node's request as the doors see it. What a door doesn't ask for is never made. */
export class IncomingRequest implements HttpRequest {
  readonly id: string
  readonly url: string
  isSurplus: boolean
  readonly notes = new ExchangeNotes()
  readonly #message: IncomingMessage
  readonly #response: ServerResponse
  readonly #limits: HttpLimits
  readonly #isTrustedProxy: IsTrusted
  #body: RequestBody | undefined
  #abort: AbortController | undefined
  #toldToGoOn = false

  constructor(message: IncomingMessage, response: ServerResponse, facts: RequestFacts) {
    this.#message = message
    this.#response = response
    this.id = facts.id
    this.url = message.url ?? ''
    this.isSurplus = facts.isSurplus
    this.#limits = facts.limits
    this.#isTrustedProxy = facts.isTrustedProxy
  }

  get method(): string {
    return this.#message.method ?? ''
  }

  get headers(): IncomingHttpHeaders {
    return this.#message.headers
  }

  get rawHeaders(): readonly string[] {
    return this.#message.rawHeaders
  }

  /** A proxy that ends TLS says so in X-Forwarded-Proto, the first of several first; all a client can do with it is to be answered `https` URLs. */
  get scheme(): 'http' | 'https' {
    if (this.#message.socket instanceof TLSSocket) return 'https'
    const [client] = String(this.#message.headers['x-forwarded-proto']).split(',')
    return client === 'https' ? 'https' : 'http'
  }

  get remoteAddress(): string {
    return clientAddress(this.peerAddress, this.#message.headers['x-forwarded-for'], this.#isTrustedProxy)
  }

  get peerAddress(): string {
    return this.#message.socket.remoteAddress ?? ''
  }

  /** How many bytes of the body somebody has read. */
  get bytesRead(): number {
    return this.#body?.received ?? 0
  }

  get body(): Readable {
    this.#body ??= new RequestBody(this.#message, this.#limits, () => this.#tellToGoOn())
    return this.#body
  }

  get signal(): AbortSignal {
    this.#abort ??= this.#watchClient()
    return this.#abort.signal
  }

  /** The client holds its body back until it is told to go on, and hasn't been told (RFC 9110, section 10.1.1). */
  get holdsBodyBack(): boolean {
    return this.#expectsContinue && !this.#toldToGoOn
  }

  get #expectsContinue(): boolean {
    return this.#message.headers.expect !== undefined && this.#message.httpVersionMinor > 0
  }

  #tellToGoOn(): void {
    if (this.holdsBodyBack && !this.#response.headersSent) this.#response.writeContinue()
    this.#toldToGoOn = true
  }

  #watchClient(): AbortController {
    const abort = new AbortController()
    const check = (): void => {
      if (!this.#response.writableFinished) abort.abort()
    }
    if (this.#response.closed) check()
    else this.#response.once('close', check)
    return abort
  }
}
