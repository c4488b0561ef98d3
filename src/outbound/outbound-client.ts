import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { Agent, IncomingMessage } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import {
  OutboundError,
  OutboundTimeoutError,
  TooManyRedirectsError,
  UnreachableError,
  UntrustedServerError,
  UrlRefusedError,
} from './outbound-errors.ts'
import type { OutboundRequest, OutboundResponse } from './outbound-request.ts'
import { checkedLookup, checkLiteralAddress, type IsAllowed, type Resolve } from './reachable-addresses.ts'
import { checkAnnouncedSize, discardRest, responseBody } from './response-body.ts'
import { type OutboundTimeouts, type Sending, sendRequest } from './send-request.ts'
import { isUntrusted } from './untrusted-certificate.ts'

// To import a value from it would load Node's fetch as well: docs/performance.md.
const { Agent: PlainAgent } = process.getBuiltinModule('node:http')

/** What an outbound client is told. */
export interface OutboundOptions {
  /** Which addresses beside those of the public internet it may go to. */
  readonly isAllowed: IsAllowed
  /** The system's resolver unless told otherwise. */
  readonly resolve?: Resolve
  readonly timeouts?: OutboundTimeouts
  /** Certificates (PEM) believed beside the system's; for private CAs. */
  readonly ca?: readonly string[]
}

const usualTimeouts: OutboundTimeouts = { connect: 10_000, idle: 60_000 }
const mostRedirects = 5
const redirects: readonly number[] = [301, 302, 303, 307, 308]
const secretHeaders: readonly string[] = ['authorization', 'cookie', 'proxy-authorization']

/**
 * The one way from Berth to other servers. It goes to the public internet and where the operator allows, connects to the very
 * address that it checked, checks again at each redirect, shows credentials to their own server alone, and limits time and size.
 */
export class OutboundClient implements Disposable {
  readonly #isAllowed: IsAllowed
  readonly #lookup: ReturnType<typeof checkedLookup>
  readonly #timeouts: OutboundTimeouts
  readonly #plain: Agent
  readonly #tls: TlsAgent

  constructor({ isAllowed, resolve = resolveHost, timeouts = usualTimeouts, ca }: OutboundOptions) {
    this.#isAllowed = isAllowed
    this.#lookup = checkedLookup(resolve, isAllowed)
    this.#timeouts = timeouts
    this.#plain = new PlainAgent({ keepAlive: true })
    this.#tls = new TlsAgent({ keepAlive: true, ...(ca && { ca: [...ca] }) })
  }

  /**
   * Sends a request. Redirects of GET and HEAD are followed, at most five and never from HTTPS to HTTP; of other methods they are
   * the answer.
   *
   * @throws {OutboundError} when there is no answer; whatever status it has, an answer is one
   */
  async send(request: OutboundRequest): Promise<OutboundResponse> {
    const signal = wholeSignal(request)
    let current = withoutSecrets(request)
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const message = await this.#sendOnce(current, signal)
      const next = redirected(current, message)
      if (next === undefined) return response(current, message, signal)
      await discardRest(message, current)
      current = next
    }
    throw new TooManyRedirectsError(request.url.host, mostRedirects)
  }

  /** Cuts what runs and keeps no connection. */
  [Symbol.dispose](): void {
    this.#plain.destroy()
    this.#tls.destroy()
  }

  async #sendOnce(request: OutboundRequest, signal: AbortSignal): Promise<IncomingMessage> {
    checkUrl(request.url)
    checkLiteralAddress(request.url, this.#isAllowed)
    const agent = request.url.protocol === 'https:' ? this.#tls : this.#plain
    try {
      return await sendRequest(request, this.#sending(agent, signal))
    } catch (error) {
      if (request.thumbprints === undefined || !isUntrusted(error)) throw explain(error, request, signal)
      return await this.#sendPinned(request, signal, error)
    }
  }

  /** Asks again, with the one certificate that the request believes as the only authority, if the server shows it. */
  async #sendPinned(request: OutboundRequest, signal: AbortSignal, cause: unknown): Promise<IncomingMessage> {
    const { url, thumbprints = [] } = request
    const within = AbortSignal.any([signal, AbortSignal.timeout(this.#timeouts.connect)])
    const { findAnchor } = await import('./find-anchor.ts')
    try {
      const anchor = await findAnchor(url, thumbprints, { lookup: this.#lookup, signal: within })
      if (anchor === undefined) throw new UntrustedServerError(url.host, cause)
      const agent = new TlsAgent({ ca: anchor, allowPartialTrustChain: true })
      return await sendRequest(request, this.#sending(agent, signal))
    } catch (error) {
      throw explain(error, request, signal)
    }
  }

  #sending(agent: Agent, signal: AbortSignal): Sending {
    return { agent, lookup: this.#lookup, timeouts: this.#timeouts, signal }
  }
}

function response(request: OutboundRequest, message: IncomingMessage, signal: AbortSignal): OutboundResponse {
  checkAnnouncedSize(message, request)
  return {
    url: request.url,
    status: message.statusCode ?? 0,
    headers: message.headers,
    body: responseBody(message, request, (error) => explain(error, request, signal)),
    [Symbol.asyncDispose]: () => discardRest(message, request),
  }
}

function checkUrl({ protocol, username, password, host }: URL): void {
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new UrlRefusedError(`Berth doesn't speak ${protocol.slice(0, -1)}, only http and https`)
  }
  if (username !== '' || password !== '') throw new UrlRefusedError(`A URL of ${host} has credentials in it`)
}

/** The request that a redirect asks for; undefined when the answer is none to follow. */
function redirected(request: OutboundRequest, message: IncomingMessage): OutboundRequest | undefined {
  const { location } = message.headers
  const follows = request.method === 'GET' || request.method === 'HEAD'
  if (!follows || location === undefined || !redirects.includes(message.statusCode ?? 0)) return undefined
  const url = URL.parse(location, request.url.href)
  if (url === null) throw new UrlRefusedError(`${request.url.host} redirected to what is no URL`)
  if (request.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new UrlRefusedError(`${request.url.host} redirected from HTTPS to plain HTTP at ${url.host}`)
  }
  return { ...request, url }
}

function withoutSecrets(request: OutboundRequest): OutboundRequest {
  const kept = Object.entries(request.headers ?? {}).filter(
    ([name]) => !secretHeaders.includes(name.toLowerCase()),
  )
  return { ...request, headers: Object.fromEntries(kept) }
}

function wholeSignal({ signal, deadline }: OutboundRequest): AbortSignal {
  const ends: AbortSignal[] = signal ? [signal] : []
  if (deadline !== undefined) ends.push(AbortSignal.timeout(deadline))
  return AbortSignal.any(ends)
}

/** What the caller is told: his own signal's reason, or an OutboundError. */
function explain(error: unknown, { url, signal, deadline }: OutboundRequest, whole: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason
  if (whole.aborted) return new OutboundTimeoutError(url.host, 'finish', deadline ?? 0)
  return error instanceof OutboundError ? error : new UnreachableError(url.host, error)
}

async function resolveHost(host: string): Promise<LookupAddress[]> {
  return await lookup(host, { all: true })
}
