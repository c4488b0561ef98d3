import type { KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { certifiedNames, readAwsRegion } from '../../core/names/aws-host.ts'
import type { Region } from '../../core/names/region.ts'
import type { TlsCertificate, TlsIdentity } from '../tls-identity.ts'
import {
  authorityEnd,
  issueCertificate,
  type LocalAuthority,
  makeKey,
  serverLifetime,
} from './local-authority.ts'

/** More regions than AWS has. */
const regionsRemembered = 64
/** With less than a third of its life left, a certificate is made anew. */
const renewedBefore = serverLifetime / 3

export interface LocalIdentityOptions {
  readonly authority: LocalAuthority
  /** Names and addresses of this server itself. */
  readonly ownNames: readonly [string, ...string[]]
  /** AWS's names for registries and APIs below it are served too, in every region. */
  readonly domain?: string | undefined
  readonly now: () => Date
}

interface Held {
  readonly certificate: TlsCertificate
  readonly notAfter: Date
}

/**
 * Certificates of the local CA, made when a client first asks for a name and kept in memory. A name that isn't this server's or of AWS's
 * shape gets none, so that a client can't have certificates made at will: there is one for all of a region.
 */
export class LocalIdentity implements TlsIdentity {
  readonly #options: LocalIdentityOptions
  readonly #key: KeyObject = makeKey()
  readonly #regions = new LRUCache<Region, Held>({ max: regionsRemembered })
  readonly #end: Date
  #own: Held | undefined

  constructor(options: LocalIdentityOptions) {
    this.#options = options
    this.#end = authorityEnd(options.authority)
  }

  unnamed(): TlsCertificate {
    this.#own = this.#renew(this.#own, this.#options.ownNames)
    return this.#own.certificate
  }

  named(serverName: string): TlsCertificate | undefined {
    const { ownNames, domain } = this.#options
    if (ownNames.includes(serverName.toLowerCase())) return this.unnamed()
    const region = domain === undefined ? undefined : readAwsRegion(serverName, domain)
    if (domain === undefined || region === undefined) return undefined
    const held = this.#renew(this.#regions.get(region), certifiedNames(region, domain))
    this.#regions.set(region, held)
    return held.certificate
  }

  #renew(held: Held | undefined, names: readonly [string, ...string[]]): Held {
    const { authority, now } = this.#options
    if (held && held.notAfter.getTime() - now().getTime() > renewedBefore) return held
    if (held && held.notAfter >= this.#end) return held
    const { cert, notAfter } = issueCertificate(authority, names, this.#key, now())
    const key = this.#key.export({ type: 'pkcs8', format: 'pem' }).toString()
    return { certificate: { cert, key }, notAfter }
  }
}
