import { LRUCache } from 'lru-cache'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import {
  UnsupportedUpstreamRegistryError,
  UpstreamTooManyRequestsError,
} from '../../core/pull-through/errors.ts'
import { tokenHostsOf, upstreamKindOf } from '../../core/pull-through/upstream-kind.ts'
import { readUpstreamUrl, type UpstreamOrigin } from '../../core/pull-through/upstream-origin.ts'
import type { OutboundClient } from '../../outbound/outbound-client.ts'
import { type RegistryAccount, RegistrySession } from '../../outbound/registry/registry-session.ts'
import type { CacheLifetime } from '../cache-lifetime.ts'
import type { BlobFetch } from './blob-fetch.ts'
import { Flights } from './flights.ts'
import { RuleCache } from './rule-cache.ts'

/** What the operator says of upstream registries. */
export interface UpstreamSettings {
  /** Whether a registry may be an upstream that ECR doesn't know, or that is asked by plain HTTP. */
  readonly isAllowed: (origin: UpstreamOrigin) => boolean
  /** @throws SecretNotFoundError, UnableToAccessSecretError, UnableToDecryptSecretValueError */
  readonly findSecret: (arn: string) => Promise<RegistryAccount>
}

const mostSessions = 1_000
const mostQuietPlaces = 10_000

/** What a process knows of upstream registries while it runs: its rights there, what is on its way, and what not to ask for now. */
export class Upstreams {
  readonly rules: RuleCache
  readonly settings: UpstreamSettings
  /** Manifests that are being brought. */
  readonly manifests = new Flights<void>()
  /** Blobs that are being brought, from when it is decided until the last byte is stored. */
  readonly blobs = new Map<string, Promise<BlobFetch>>()
  readonly #outbound: OutboundClient
  readonly #now: () => Date
  readonly #sessions = new LRUCache<string, RegistrySession>({ max: mostSessions })
  readonly #quiet = new LRUCache<string, Date>({ max: mostQuietPlaces })

  constructor(
    options: CacheLifetime & { readonly outbound: OutboundClient; readonly settings: UpstreamSettings },
  ) {
    this.rules = new RuleCache(options)
    this.settings = options.settings
    this.#outbound = options.outbound
    this.#now = options.now
  }

  /**
   * The way to a rule's upstream, with its credentials as they are now.
   *
   * @throws UnsupportedUpstreamRegistryError when the operator doesn't allow it any more, and as `findSecret` does
   * @throws UpstreamTooManyRequestsError while it wants to be left alone
   */
  async session({ upstreamUrl, upstreamKind, credentialArn }: CacheRule): Promise<RegistrySession> {
    const { scheme, host } = this.originOf(upstreamUrl)
    const origin = new URL(`${scheme}://${host}`).origin
    const key = `${origin} ${credentialArn ?? ''}`
    const pausedFor = this.#quietFor(key)
    if (pausedFor > 0) throw new UpstreamTooManyRequestsError(host, Math.ceil(pausedFor / 1000))
    const account = credentialArn === undefined ? undefined : await this.settings.findSecret(credentialArn)
    const known = this.#sessions.get(key)
    if (known && isSame(known.place.account, account)) return known
    const place = { origin, tokenHosts: tokenHostsOf(upstreamKind), account }
    const session = new RegistrySession(this.#outbound, place, this.#now)
    this.#sessions.set(key, session)
    return session
  }

  /** Leaves an upstream alone for so many ms, as it asked to be. */
  pause({ place: { origin } }: RegistrySession, { credentialArn }: CacheRule, ms: number): void {
    this.#stayQuiet(`${origin} ${credentialArn ?? ''}`, ms)
  }

  /** Whether something couldn't be refreshed a moment ago, so that what is here has to do for a while. */
  isQuietAbout(what: string): boolean {
    return this.#quietFor(what) > 0
  }

  stayQuietAbout(what: string, ms: number): void {
    this.#stayQuiet(what, ms)
  }

  /**
   * Where the upstream of a URL is asked. One without a scheme means HTTPS or, if the operator allows its host by plain HTTP alone, that: ECR's own
   * URLs have no scheme, and version 1 of the aws command line takes `http://` for a file to fetch.
   *
   * @throws UnsupportedUpstreamRegistryError for one that neither ECR knows nor the operator allows
   */
  originOf(url: string): UpstreamOrigin {
    const origin = readUpstreamUrl(url)
    if (origin === undefined) throw new UnsupportedUpstreamRegistryError()
    const isKnown = origin.scheme === 'https' && upstreamKindOf(origin.host) !== undefined
    if (isKnown || this.settings.isAllowed(origin)) return origin
    const plain = { ...origin, scheme: 'http' } as const
    if (!url.includes('://') && this.settings.isAllowed(plain)) return plain
    throw new UnsupportedUpstreamRegistryError()
  }

  #quietFor(what: string): number {
    const until = this.#quiet.get(what)
    return until === undefined ? 0 : until.getTime() - this.#now().getTime()
  }

  #stayQuiet(what: string, ms: number): void {
    this.#quiet.set(what, new Date(this.#now().getTime() + ms))
  }
}

function isSame(one: RegistryAccount | undefined, other: RegistryAccount | undefined): boolean {
  return one?.username === other?.username && one?.password === other?.password
}
