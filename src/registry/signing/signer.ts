import type { SignedArtifact } from '../../core/signing/notation.ts'
import type { SigningProfile } from '../../core/signing/signing-profile.ts'
import type { SigningKey } from '../../stores/metadata/signing.ts'

/** A signature and the certificates that vouch for it. */
export interface Signature {
  /** A JWS envelope of the Notary Project. */
  readonly envelope: Uint8Array
  /** SHA-256 of each certificate of the chain, in hex, the signer's first. */
  readonly thumbprints: readonly string[]
}

/** Makes keys and signs with them. */
export interface Signer {
  makeKey(profile: SigningProfile, now: Date): Promise<SigningKey>
  /** @throws when the key was sealed with another server's secret */
  sign(
    signing: { readonly profile: SigningProfile; readonly key: SigningKey },
    artifact: SignedArtifact,
    now: Date,
  ): Signature
}
