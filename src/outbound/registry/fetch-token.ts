import type { OutboundClient } from '../outbound-client.ts'
import type { Challenge } from './challenge.ts'
import { checkAnswer } from './check-answer.ts'
import { readWhole } from './read-whole.ts'
import { RegistryFailedError, RegistryRefusedError } from './registry-errors.ts'
import { basicAuthorization, type RegistryPlace, type RegistryRequest } from './registry-session.ts'

/** A right to pull that a token service has given. */
export interface FetchedToken {
  readonly token: string
  readonly lifetimeMs: number
}

const maxBytes = 65_536
const deadline = 30_000
/** What the specification says of a token that doesn't. */
const usualLifetime = 60
/** Renewed a little before its end. */
const margin = 5
const longestLifetime = 3600
const wellFormed = /^[!-~]{1,32768}$/

/**
 * Gets a token from the service that a registry names. The realm is the registry's word alone, so that it is followed only over HTTPS
 * (plain HTTP where the registry itself is asked so, and there on its own host), and shown the account only on a host that is known to
 * be the registry's.
 *
 * @throws {RegistryAnswerError} {@link OutboundError}
 */
export async function fetchToken(
  client: OutboundClient,
  asked: {
    readonly place: RegistryPlace
    readonly challenge: Challenge
    readonly request: Pick<RegistryRequest, 'repository' | 'signal'>
    readonly now: Date
  },
): Promise<FetchedToken> {
  const { place, challenge, request, now } = asked
  const url = tokenUrl(place, challenge, request.repository)
  const { account } = place
  const credentials = account && { origin: url.origin, authorization: basicAuthorization(account) }
  const asking = { method: 'GET', url, credentials, maxBytes, deadline, signal: request.signal } as const
  await using answer = await client.send(asking)
  checkAnswer(answer, now)
  return readToken(await readWhole(answer.body), url.host)
}

function tokenUrl(place: RegistryPlace, { realm, service }: Challenge, repository: string | undefined): URL {
  const registry = new URL(place.origin)
  const url = URL.parse(realm ?? '')
  if (url === null) throw new RegistryRefusedError(`${registry.host} names no token service`)
  const isOwn = url.host === registry.host
  const isSecure = url.protocol === 'https:' || (url.origin === registry.origin && url.protocol === 'http:')
  if (!isSecure)
    throw new RegistryRefusedError(
      `The token service ${url.host} of ${registry.host} is not asked without HTTPS`,
    )
  if (place.account && !isOwn && !(url.protocol === 'https:' && place.tokenHosts.includes(url.host))) {
    throw new RegistryRefusedError(
      `${registry.host} names ${url.host} as its token service, which is not known to be its own: the credentials were not sent`,
    )
  }
  if (service !== undefined) url.searchParams.set('service', service)
  if (repository !== undefined) url.searchParams.set('scope', `repository:${repository}:pull`)
  return url
}

function readToken(body: Buffer, host: string): FetchedToken {
  const answer = parse(body)
  const token = text(answer, 'token') ?? text(answer, 'access_token')
  if (token === undefined || !wellFormed.test(token)) throw new RegistryFailedError(`${host} gave no token`)
  const { expires_in: seconds = usualLifetime } = answer
  const lifetime =
    typeof seconds === 'number' && seconds > 0 ? Math.min(seconds, longestLifetime) : usualLifetime
  return { token, lifetimeMs: Math.max(lifetime - margin, 1) * 1000 }
}

function parse(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function text(answer: Readonly<Record<string, unknown>>, member: string): string | undefined {
  const value = answer[member]
  return typeof value === 'string' ? value : undefined
}
