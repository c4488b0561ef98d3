import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'
import { OctetString } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  type Extension,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  NameConstraints,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import { extension } from './certificate.ts'

const critical = { critical: true }
const informative = { critical: false }

/** What makes a certificate one that signs servers' certificates, for these names and addresses alone (RFC 5280, section 4.2.1.10). */
export function authorityExtensions(
  key: KeyObject,
  permitted: { readonly domains: readonly string[]; readonly addresses: readonly string[] },
): readonly Extension[] {
  const subtrees = [
    ...permitted.domains.map((dNSName) => new GeneralName({ dNSName })),
    ...permitted.addresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ].map((base) => new GeneralSubtree({ base }))
  const permittedSubtrees = new GeneralSubtrees(subtrees)
  const usage = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
  return [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), critical),
    extension(id_ce_keyUsage, new KeyUsage(usage), critical),
    extension(id_ce_nameConstraints, new NameConstraints({ permittedSubtrees }), critical),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(key)), informative),
  ]
}

/** What makes a certificate a server's, for these host names and IP addresses. */
export function serverExtensions(
  names: readonly string[],
  keys: { readonly own: KeyObject; readonly issuer: KeyObject },
): readonly Extension[] {
  const issuer = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier(keys.issuer)) })
  return [
    extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), critical),
    extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), critical),
    extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth]), informative),
    extension(id_ce_subjectAltName, new SubjectAlternativeName(names.map(alternativeName)), informative),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(keys.own)), informative),
    extension(id_ce_authorityKeyIdentifier, issuer, informative),
  ]
}

function alternativeName(name: string): GeneralName {
  return new GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name })
}

/** The first 160 bits of the key's SHA-256 (RFC 7093, section 2, method 4). */
function keyIdentifier(key: KeyObject): OctetString {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  const digest = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest()
  return new OctetString(digest.subarray(0, 20))
}
