import type { RegistryKey } from '../core/names/registry-key.ts'
import type { Principal } from './principal.ts'
import type { Seal } from './seal.ts'

export type TokenReading =
  | { readonly state: 'valid'; readonly principal: Principal; readonly registry: RegistryKey }
  | { readonly state: 'expired' | 'invalid' }

/** CONTRACT. The passwords of GetAuthorizationToken: who asked, for which registry, for twelve hours. Readings are cached. */
export declare class RegistryTokens {
  constructor(seal: Seal, now: () => Date)
  /** `registry` is the caller's own; its region is where the token was asked for. */
  issue(principal: Principal, registry: RegistryKey): { readonly password: string; readonly expiresAt: Date }
  read(password: string): TokenReading
}
