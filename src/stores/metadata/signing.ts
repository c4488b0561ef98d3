import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { SigningProfile } from '../../core/signing/signing-profile.ts'
import type { SigningRule } from '../../core/signing/signing-rules.ts'

/** How one profile's signature of one image stands. */
export interface SigningState {
  /** ARN. */
  readonly profile: string
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED'
  readonly failureCode?: string | undefined
  readonly failureReason?: string | undefined
  /** ARN of who pushed the image. */
  readonly actor: string
}

/** What a profile signs with. */
export interface SigningKey {
  /** PEM: the signer's certificate, then its issuer's. */
  readonly chain: string
  /** The private key, as only who holds the server's secret can read it. */
  readonly sealedKey: string
  readonly createdAt: Date
}

export interface SigningReader {
  /** A registry's rules in the order they were put; undefined when it has no signing configuration. */
  rules(registry: RegistryKey): Promise<readonly SigningRule[] | undefined>
  /** How an image stands with each profile that was to sign it, by ARN. */
  states(repositoryId: number, digest: Digest): Promise<SigningState[]>
  key(profile: SigningProfile): Promise<SigningKey | undefined>
  /** A registry's keys by name. */
  keys(registry: RegistryKey): Promise<(SigningKey & { readonly name: string })[]>
}

export interface SigningWriter {
  /** Puts a registry's rules in the place of those before. */
  putRules(registry: RegistryKey, rules: readonly SigningRule[]): Promise<void>
  deleteRules(registry: RegistryKey): Promise<void>
  /** Notes how an image of a locked repository stands with one profile. It is forgotten when the image goes. */
  putState(repositoryId: number, digest: Digest, state: SigningState): Promise<void>
  /** False when the profile has a key. */
  addKey(profile: SigningProfile, key: SigningKey): Promise<boolean>
  /** False when there was none. */
  deleteKey(profile: SigningProfile): Promise<boolean>
  /** Deletes the rules and keys of every account and region: development mode's reset. */
  deleteAll(): Promise<void>
}
