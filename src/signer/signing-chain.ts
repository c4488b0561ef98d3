import type { KeyObject } from 'node:crypto'
import {
  BasicConstraints,
  ExtendedKeyUsage,
  type Extension,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_kp_codeSigning,
  KeyUsage,
  KeyUsageFlags,
} from '@peculiar/asn1-x509'
import { extension, signCertificate } from '../tls/local-ca/certificate.ts'
import { makeKey } from '../tls/local-ca/local-authority.ts'

const day = 24 * 60 * 60 * 1000
/** A signature is believed for as long as its certificates live. */
const lifetime = 3650 * day
const critical = { critical: true }

/** A new key with its certificate and the one that issued it, whose own key nobody keeps: it has signed once. */
export function makeSigningChain(
  name: string,
  now: Date,
): { readonly chain: string; readonly key: KeyObject } {
  const life = { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + lifetime) }
  const [issuerKey, key] = [makeKey(), makeKey()]
  const subject = `Issuer of ${name}`.slice(0, 64)
  const issuer = signCertificate(
    { subject, ...life, key: issuerKey, extensions: issuerExtensions() },
    issuerKey,
  )
  const content = { subject: name, issuer, ...life, key, extensions: signerExtensions() }
  return { chain: `${signCertificate(content, issuerKey)}${issuer}`, key }
}

function issuerExtensions(): readonly Extension[] {
  return [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), critical),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign), critical),
  ]
}

/** Notary Project, "Signature Specification", certificate requirements. */
function signerExtensions(): readonly Extension[] {
  return [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), critical),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), critical),
    extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_codeSigning]), { critical: false }),
  ]
}
