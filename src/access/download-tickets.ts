import { type Digest, isDigest } from '../core/names/digest.ts'
import { isRepositoryKey, type RepositoryKey } from '../core/names/registry-key.ts'
import { isPrincipal, type Principal } from './principal.ts'
import type { Seal } from './seal.ts'

const lifetime = 60 * 60 * 1000

/** What a ticket lets its holder read, or why it lets nobody read anything. */
export type TicketReading =
  | {
      readonly state: 'valid'
      readonly repository: RepositoryKey
      readonly digest: Digest
      /** Who asked for it. */
      readonly holder: Principal
    }
  | { readonly state: 'expired' | 'invalid' }

/**
 * The rights inside the URLs of GetDownloadUrlForLayer: whoever holds one may read one layer of one repository for one hour,
 * without credentials, for as long as the one who asked for it may.
 *
 * @see Amazon ECR API reference, GetDownloadUrlForLayer
 */
export class DownloadTickets {
  readonly #seal: Seal
  readonly #now: () => Date

  constructor(seal: Seal, now: () => Date) {
    this.#seal = seal
    this.#now = now
  }

  /** Text that needs no escaping in a URL's query. */
  issue({ account, region, name }: RepositoryKey, digest: Digest, holder: Principal): string {
    const expires = this.#now().getTime() + lifetime
    return this.#seal.seal({ account, region, name, digest, holder, expires })
  }

  /** `repository` and `digest` are those it was issued for; compare the digest with the one in the URL. */
  read(text: string): TicketReading {
    const ticket = this.#seal.open(text)
    if (!isTicket(ticket)) return { state: 'invalid' }
    if (ticket.expires <= this.#now().getTime()) return { state: 'expired' }
    const { account, region, name, digest, holder } = ticket
    return { state: 'valid', repository: { account, region, name }, digest, holder }
  }
}

interface Ticket extends RepositoryKey {
  readonly digest: Digest
  readonly holder: Principal
  /** Milliseconds since 1970. */
  readonly expires: number
}

function isTicket(value: unknown): value is Ticket {
  return (
    isRepositoryKey(value) &&
    'digest' in value &&
    typeof value.digest === 'string' &&
    isDigest(value.digest) &&
    'holder' in value &&
    isPrincipal(value.holder) &&
    'expires' in value &&
    typeof value.expires === 'number'
  )
}
