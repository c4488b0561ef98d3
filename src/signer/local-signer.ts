import { sign, X509Certificate } from 'node:crypto'
import type { SecretVault } from '../core/secret-vault.ts'
import { notationClaims, type SignedArtifact } from '../core/signing/notation.ts'
import { type SigningProfile, signingProfileArn } from '../core/signing/signing-profile.ts'
import type { Signature, Signer } from '../registry/signing/signer.ts'
import type { SigningKey } from '../stores/metadata/signing.ts'

const pemBlocks = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g

/**
 * Signs with keys of this server, as notation does (Notary Project, "Signature Specification", JWS envelope).
 *
 * @param vault encrypts private keys before they are kept, each bound to its profile
 */
export function localSigner(vault: SecretVault): Signer {
  return {
    async makeKey(profile: SigningProfile, now: Date): Promise<SigningKey> {
      const { makeSigningChain } = await import('./signing-chain.ts')
      const { chain, key } = makeSigningChain(profile.name, now)
      const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString()
      return { chain, sealedKey: vault.encrypt(privateKey, signingProfileArn(profile)), createdAt: now }
    },

    sign({ profile, key }, artifact: SignedArtifact, now: Date): Signature {
      const certificates = (key.chain.match(pemBlocks) ?? []).map((pem) => new X509Certificate(pem))
      const { payload, protectedHeader } = notationClaims(artifact, now)
      const signed = { payload: base64url(payload), protected: base64url(protectedHeader) }
      const input = Buffer.from(`${signed.protected}.${signed.payload}`)
      const privateKey = vault.decrypt(key.sealedKey, signingProfileArn(profile))
      const signature = sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      const header = {
        x5c: certificates.map(({ raw }) => raw.toString('base64')),
        'io.cncf.notary.signingAgent': 'berth',
      }
      const envelope = { ...signed, header, signature: signature.toString('base64url') }
      return {
        envelope: Buffer.from(JSON.stringify(envelope)),
        thumbprints: certificates.map(({ fingerprint256 }) =>
          fingerprint256.replaceAll(':', '').toLowerCase(),
        ),
      }
    },
  }
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
