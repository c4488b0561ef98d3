import { createHash, verify, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Vault } from '../access/vault.ts'
import { parseAccountId } from '../core/names/account-id.ts'
import { parseDigest } from '../core/names/digest.ts'
import { parseRegion } from '../core/names/region.ts'
import { localSigner } from './local-signer.ts'

const profile = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-1'), name: 'release' }
const now = new Date('2026-03-01T08:00:00.500Z')
const artifact = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: parseDigest(`sha256:${'a'.repeat(64)}`),
  size: 528,
}
const signer = localSigner(new Vault(new Uint8Array(32).fill(1)))

/** The certificates of a chain as who verifies reads them. */
function certificatesOf(chain: string): readonly X509Certificate[] {
  return chain.split(/(?=-----BEGIN)/).map((pem) => new X509Certificate(pem))
}

const key = await signer.makeKey(profile, now)

describe('a signature', () => {
  const { envelope, thumbprints } = signer.sign({ profile, key }, artifact, now)
  const parts = JSON.parse(new TextDecoder().decode(envelope))
  const decode = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString())

  test('says which artifact, when and by which rules', () => {
    expect(decode(parts.payload)).toEqual({ targetArtifact: artifact })
    expect(decode(parts.protected)).toEqual({
      alg: 'ES256',
      cty: 'application/vnd.cncf.notary.payload.v1+json',
      crit: ['io.cncf.notary.signingScheme'],
      'io.cncf.notary.signingScheme': 'notary.x509',
      'io.cncf.notary.signingTime': '2026-03-01T08:00:00Z',
    })
  })

  test("is that of the leaf's key, whose issuer vouches for it", () => {
    const [leaf, root] = parts.header.x5c.map(
      (der: string) => new X509Certificate(Buffer.from(der, 'base64')),
    )
    const input = Buffer.from(`${parts.protected}.${parts.payload}`)
    const signature = Buffer.from(parts.signature, 'base64url')
    const signedBy = { key: leaf.publicKey, dsaEncoding: 'ieee-p1363' } as const
    expect(verify('sha256', input, signedBy, signature)).toBe(true)
    expect(leaf.verify(root.publicKey)).toBe(true)
    expect(root.verify(root.publicKey)).toBe(true)
    expect(root.ca).toBe(true)
    expect(leaf.ca).toBe(false)
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.3'])
    const digests = [leaf, root].map(({ raw }) => createHash('sha256').update(raw).digest('hex'))
    expect(thumbprints).toEqual(digests)
  })
})

describe('a key', () => {
  test('signs for nobody who has the database without the secret', async () => {
    const key = await signer.makeKey(profile, now)
    const stranger = localSigner(new Vault(new Uint8Array(32).fill(2)))
    expect(() => stranger.sign({ profile, key }, artifact, now)).toThrow()
  })

  test('signs under no other name', async () => {
    const key = await signer.makeKey(profile, now)
    expect(() => signer.sign({ profile: { ...profile, name: 'other' }, key }, artifact, now)).toThrow()
  })

  test('is another each time', async () => {
    const [one, other] = await Promise.all([signer.makeKey(profile, now), signer.makeKey(profile, now)])
    const keyOf = (chain: string) =>
      certificatesOf(chain)[0]?.publicKey.export({ type: 'spki', format: 'pem' })
    expect(keyOf(one.chain)).not.toBe(keyOf(other.chain))
  })
})
