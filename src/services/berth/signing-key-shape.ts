import { type SigningProfile, signingProfileArn } from '../../core/signing/signing-profile.ts'
import type { SigningKey as StoredKey } from '../../stores/metadata/signing.ts'
import type { SigningKey } from './shapes.ts'

/** A key as anyone may see it. */
export function toSigningKey(profile: SigningProfile, { chain, createdAt }: StoredKey): SigningKey {
  return {
    profileName: profile.name,
    signingProfileArn: signingProfileArn(profile),
    certificateChain: chain,
    trustedCertificate: chain.slice(chain.lastIndexOf('-----BEGIN')),
    createdAt,
  }
}
