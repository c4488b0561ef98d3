import { LRUCache } from 'lru-cache'
import { issuerUrl, type OidcProvider } from '../../core/iam/oidc-provider.ts'
import { type FetchDocument, fetchKeys } from './fetch-keys.ts'
import type { IssuerKey } from './key-set.ts'

/** Milliseconds that keys are taken for the issuer's present ones, that they are used where it can't be asked, and between two tries. */
const fresh = 600_000
const usable = 3_600_000
const pause = 15_000
/** Characters of keys that are remembered, of all issuers together. */
const roomForKeys = 8_388_608

/** What is known of an issuer's keys. */
interface Known {
  readonly keys: readonly IssuerKey[] | undefined
  readonly fetchedAt: number
  readonly triedAt: number
  readonly failure: unknown
}

export interface IssuerKeysOptions {
  readonly fetchDocument: FetchDocument
  readonly now: () => Date
  /** Hears of each time that an issuer's keys could not be had, and why: nobody outside is told. */
  readonly onFailure: (told: { readonly issuer: string; readonly err: unknown }) => void
}

/**
 * The keys of issuers, remembered for ten minutes. A key that isn't among them has them fetched anew, but no issuer is asked more than
 * once in fifteen seconds, whatever is sent here; all who wait for one issuer wait for one answer. Where it can't be asked, what it said
 * within the last hour holds.
 */
export class IssuerKeys {
  readonly #options: IssuerKeysOptions
  readonly #known = new LRUCache<string, Known>({ maxSize: roomForKeys, sizeCalculation: sizeOf })
  readonly #asking = new Map<string, Promise<Known>>()

  constructor(options: IssuerKeysOptions) {
    this.#options = options
  }

  /**
   * The keys of an issuer, as new as the one that is wanted asks for.
   *
   * @throws IdpCommunicationError, InvalidIdentityTokenError when they can't be had
   */
  async of(provider: OidcProvider, kid: string | undefined): Promise<readonly IssuerKey[]> {
    const place = JSON.stringify([provider.issuer, provider.thumbprints])
    const known = this.#known.get(place)
    const now = this.#options.now().getTime()
    const best = isEnough(known, kid, now) ? known : await this.#ask(place, provider, known)
    if (best.keys !== undefined && now - best.fetchedAt < usable) return best.keys
    throw best.failure
  }

  #ask(place: string, provider: OidcProvider, known: Known | undefined): Promise<Known> {
    const asking = this.#asking.get(place) ?? this.#fetch(place, provider, known)
    this.#asking.set(place, asking)
    return asking
  }

  async #fetch(place: string, provider: OidcProvider, known: Known | undefined): Promise<Known> {
    const { fetchDocument, now, onFailure } = this.#options
    const triedAt = now().getTime()
    try {
      const keys = await fetchKeys(provider, fetchDocument)
      return this.#keep(place, { keys, fetchedAt: triedAt, triedAt, failure: undefined })
    } catch (err) {
      onFailure({ issuer: issuerUrl(provider), err })
      const { keys, fetchedAt = 0 } = known ?? {}
      return this.#keep(place, { keys, fetchedAt, triedAt, failure: err })
    } finally {
      this.#asking.delete(place)
    }
  }

  #keep(place: string, known: Known): Known {
    this.#known.set(place, known)
    return known
  }
}

function isEnough(known: Known | undefined, kid: string | undefined, now: number): known is Known {
  if (known === undefined) return false
  if (now - known.triedAt < pause) return true
  const isThere = kid === undefined || known.keys?.some((key) => key.kid === kid) === true
  return isThere && known.keys !== undefined && now - known.fetchedAt < fresh
}

function sizeOf({ keys }: Known): number {
  return JSON.stringify(keys ?? []).length + 1
}
