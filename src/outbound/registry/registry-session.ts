import { LRUCache } from 'lru-cache'
import type { OutboundClient } from '../outbound-client.ts'
import type { OutboundRequest, OutboundResponse } from '../outbound-request.ts'
import { type Challenge, readChallenge } from './challenge.ts'
import { fetchToken } from './fetch-token.ts'
import { RegistryRefusedError } from './registry-errors.ts'

/** Who asks another registry. */
export interface RegistryAccount {
  readonly username: string
  readonly password: string
}

/** Another registry, and whom to ask as. */
export interface RegistryPlace {
  /** Scheme, host and port, as `URL.origin` writes them. */
  readonly origin: string
  /** Hosts beside its own that may be shown the account for a token. */
  readonly tokenHosts: readonly string[]
  /** Nobody in particular without it. */
  readonly account?: RegistryAccount | undefined
}

/** A request below a registry's origin, for the right to pull from one repository. */
export interface RegistryRequest
  extends Pick<OutboundRequest, 'headers' | 'maxBytes' | 'deadline' | 'signal'> {
  readonly method: 'GET' | 'HEAD'
  readonly path: string
  /** Undefined for what needs no right but to be let in. */
  readonly repository?: string | undefined
}

/** Authorization headers that are remembered. */
const mostRemembered = 500

/**
 * Asks another registry, and proves who asks when it wants to know. The account goes to the registry's own host and to the token
 * services that are known to be its own, to nobody else (Distribution CVE-2026-33540); a token goes to the registry alone.
 *
 * @see distribution's "Token Authentication Specification"; RFC 7617
 */
export class RegistrySession {
  readonly #client: OutboundClient
  readonly #place: RegistryPlace
  readonly #now: () => Date
  readonly #remembered: LRUCache<string, string>

  constructor(client: OutboundClient, place: RegistryPlace, now: () => Date) {
    this.#client = client
    this.#place = place
    this.#now = now
    const perf = { now: () => now().getTime() }
    this.#remembered = new LRUCache({ max: mostRemembered, ttlResolution: 0, perf })
  }

  /** Who this session asks as, so that another takes its place when that changes. */
  get place(): RegistryPlace {
    return this.#place
  }

  /**
   * Sends a request, again if the registry wants to know who asks. An answer is one whatever its status.
   *
   * @throws {RegistryAnswerError} when no way is left to say who asks
   * @throws {OutboundError}
   */
  async send(request: RegistryRequest): Promise<OutboundResponse> {
    const scope = request.repository ?? ''
    const answer = await this.#send(request, this.#remembered.get(scope))
    if (answer.status !== 401) return answer
    const challenge = readChallenge(answer.headers['www-authenticate'])
    await answer[Symbol.asyncDispose]()
    if (challenge === undefined) throw new RegistryRefusedError(`${this.#host} refused access (401)`)
    const authorization = await this.#answerTo(challenge, request)
    return this.#send(request, authorization)
  }

  get #host(): string {
    return new URL(this.#place.origin).host
  }

  #send(
    { path, repository: _scope, ...request }: RegistryRequest,
    authorization: string | undefined,
  ): Promise<OutboundResponse> {
    const { origin } = this.#place
    const credentials = authorization === undefined ? undefined : { origin, authorization }
    return this.#client.send({ ...request, url: new URL(path, origin), credentials })
  }

  async #answerTo(challenge: Challenge, request: RegistryRequest): Promise<string> {
    const scope = request.repository ?? ''
    const place = this.#place
    if (challenge.scheme === 'bearer') {
      const { token, lifetimeMs } = await fetchToken(this.#client, {
        place,
        challenge,
        request,
        now: this.#now(),
      })
      this.#remembered.set(scope, `Bearer ${token}`, { ttl: lifetimeMs })
      return `Bearer ${token}`
    }
    if (place.account === undefined) throw new RegistryRefusedError(`${this.#host} wants credentials`)
    const authorization = basicAuthorization(place.account)
    this.#remembered.set(scope, authorization)
    return authorization
  }
}

/** @see RFC 7617 */
export function basicAuthorization({ username, password }: RegistryAccount): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
