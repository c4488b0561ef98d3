import { LRUCache } from 'lru-cache'
import { isRegistryKey, type RegistryKey } from '../core/names/registry-key.ts'
import { isPrincipal, type Principal } from './principal.ts'
import type { Seal } from './seal.ts'

const lifetime = 12 * 60 * 60 * 1000
/** Each is about a kibibyte. */
const readingsKept = 2_000

/** Who sent a password and which registry it was issued for, or why it is worth nothing. */
export type TokenReading =
  | { readonly state: 'valid'; readonly principal: Principal; readonly registry: RegistryKey }
  | { readonly state: 'expired' | 'invalid' }

/**
 * The passwords of GetAuthorizationToken: who asked, for which registry, for twelve hours. They hold no secret but the right to
 * act as that principal, survive a restart with the same key, and contain no `:`, at which clients split them from the user name.
 *
 * @see Amazon ECR user guide, "Private registry authentication"
 */
export class RegistryTokens {
  readonly #seal: Seal
  readonly #now: () => Date
  // Clients send the same with each request, by the text in which it comes. What can't be opened is not remembered, so that
  // nobody without a token can push others out. Whoever can read this memory can read the seal's key as well.
  readonly #opened = new LRUCache<string, Token>({ max: readingsKept })

  constructor(seal: Seal, now: () => Date) {
    this.#seal = seal
    this.#now = now
  }

  /** `registry` is the one the token leads to where the address a client uses names none. */
  issue(
    principal: Principal,
    registry: RegistryKey,
  ): { readonly password: string; readonly expiresAt: Date } {
    const expires = this.#now().getTime() + lifetime
    const token: Token = { principal, registry, expires }
    return { password: this.#seal.seal(token), expiresAt: new Date(expires) }
  }

  /**
   * @param sent what a client sends with each request and the password is in
   * @param passwordIn finds it there; the whole text is the password unless told
   */
  read(sent: string, passwordIn: (sent: string) => string | undefined = itself): TokenReading {
    const token = this.#opened.get(sent) ?? this.#open(sent, passwordIn)
    if (token === undefined) return { state: 'invalid' }
    if (token.expires <= this.#now().getTime()) return { state: 'expired' }
    return { state: 'valid', principal: token.principal, registry: token.registry }
  }

  #open(sent: string, passwordIn: (sent: string) => string | undefined): Token | undefined {
    const password = passwordIn(sent)
    const token = password === undefined ? undefined : this.#seal.open(password)
    if (!isToken(token)) return undefined
    this.#opened.set(sent, token)
    return token
  }
}

function itself(sent: string): string {
  return sent
}

interface Token {
  readonly principal: Principal
  readonly registry: RegistryKey
  /** Milliseconds since 1970. */
  readonly expires: number
}

function isToken(value: unknown): value is Token {
  if (typeof value !== 'object' || value === null) return false
  if (!('principal' in value) || !('registry' in value) || !('expires' in value)) return false
  return isPrincipal(value.principal) && isRegistryKey(value.registry) && typeof value.expires === 'number'
}
