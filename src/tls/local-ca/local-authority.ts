import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { signCertificate } from './certificate.ts'
import { authorityExtensions, serverExtensions } from './extensions.ts'

const day = 24 * 60 * 60 * 1000
const authorityLifetime = 3650 * day
/** Clients may be behind by this much. */
const backdating = day
/** How long a server's certificate is good for. Apple's systems take no more than 825 days even from a CA of one's own. */
export const serverLifetime = 90 * day

/** What a CA may certify: names below these domains, and addresses in these blocks. */
export interface Permitted {
  readonly domains: readonly string[]
  readonly addresses: readonly string[]
}

/** A CA of this Berth alone. */
export interface LocalAuthority {
  /** PEM; what clients are told to trust. */
  readonly cert: string
  readonly key: KeyObject
}

/** A server's certificate in PEM, and when it ends. */
export interface IssuedCertificate {
  readonly cert: string
  readonly notAfter: Date
}

/** A key on the curve P-256, which every client of the field can verify. */
export function makeKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

/** Makes a CA that lives ten years and that clients believe for what is permitted alone. */
export function makeAuthority(permitted: Permitted, now: Date): LocalAuthority {
  const key = makeKey()
  const content = {
    subject: `Berth local CA, made ${now.toISOString().slice(0, 10)}`,
    notBefore: new Date(now.getTime() - backdating),
    notAfter: new Date(now.getTime() + authorityLifetime),
    key,
    extensions: authorityExtensions(key, permitted),
  }
  return { cert: signCertificate(content, key), key }
}

/** The CA that `authorityText` wrote down. @throws the library's error for any other text */
export function readAuthority(text: string): LocalAuthority {
  const cert = `${new X509Certificate(text)}`
  const key = createPrivateKey(text)
  if (!new X509Certificate(cert).checkPrivateKey(key))
    throw new Error('The key is not that of the certificate')
  return { cert, key }
}

/** Certificate and private key in one text, PEM. */
export function authorityText({ cert, key }: LocalAuthority): string {
  return `${cert}${key.export({ type: 'pkcs8', format: 'pem' })}`
}

/** Issues a certificate for these host names and IP addresses; it ends with the CA at the latest. */
export function issueCertificate(
  authority: LocalAuthority,
  names: readonly [string, ...string[]],
  key: KeyObject,
  now: Date,
): IssuedCertificate {
  const end = authorityEnd(authority).getTime()
  const notAfter = new Date(Math.min(now.getTime() + serverLifetime, end))
  const content = {
    subject: names[0].slice(0, 64),
    issuer: authority.cert,
    notBefore: new Date(now.getTime() - backdating),
    notAfter,
    key,
    extensions: serverExtensions(names, { own: key, issuer: authority.key }),
  }
  return { cert: signCertificate(content, authority.key), notAfter }
}

/** When the CA ends. */
export function authorityEnd({ cert }: LocalAuthority): Date {
  return new Date(new X509Certificate(cert).validTo)
}
