import { createHash } from 'node:crypto'
import { RefusalError } from '../refusal.ts'
import { algorithm, type Claim, type SignedRequest } from './claim.ts'
import { parseCredential } from './credential.ts'
import { parseHttpDate, parseStamp } from './request-time.ts'

/**
 * Reads the claim of an `Authorization` header.
 *
 * @throws RefusalError incomplete-signature, naming every part that is missing
 * @see AWS IAM user guide, "Elements of an AWS API request signature"
 */
export function readAuthorizationHeader(header: string, { headers }: SignedRequest): Claim {
  const fields = readFields(header)
  const time = headers.one('x-amz-date') ?? headers.one('date')
  const { Credential: credential, Signature: signature, SignedHeaders: signedHeaders } = fields
  if (!credential || !signature || !signedHeaders || time === undefined) {
    throw incomplete(missingParts({ credential, signature, signedHeaders, time }, header))
  }
  return {
    ...parseCredential(credential),
    signedHeaders: signedHeaders.split(';'),
    signature,
    time: readTime(time, headers.has('x-amz-date')),
    sessionToken: headers.one('x-amz-security-token'),
    lifetime: undefined,
  }
}

type Field = 'Credential' | 'Signature' | 'SignedHeaders'

function readFields(header: string): Partial<Record<Field, string>> {
  const [scheme = '', ...rest] = header.trim().split(' ')
  if (scheme.startsWith('AWS') && scheme !== algorithm) {
    throw incomplete(`Unsupported AWS 'algorithm': '${scheme}'.`)
  }
  // Another scheme (Basic, Bearer) has none of the parts, and its credentials are none of this reader's business.
  if (scheme !== algorithm) return {}
  const fields: Partial<Record<Field, string>> = {}
  for (const pair of rest.join(' ').split(',')) readField(fields, pair.trim(), header)
  return fields
}

function readField(fields: Partial<Record<Field, string>>, pair: string, header: string): void {
  const equals = pair.indexOf('=')
  if (equals === -1) {
    throw incomplete(
      `'${pair}' not a valid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed(header)}'.`,
    )
  }
  const name = pair.slice(0, equals)
  if (!isField(name)) return
  if (fields[name] !== undefined) throw incomplete(`Authorization header holds '${name}' more than once.`)
  fields[name] = pair.slice(equals + 1)
}

function isField(name: string): name is Field {
  return name === 'Credential' || name === 'Signature' || name === 'SignedHeaders'
}

function missingParts(
  parts: Record<'credential' | 'signature' | 'signedHeaders' | 'time', string | undefined>,
  header: string,
): string {
  const texts: string[] = []
  if (!parts.credential) texts.push("Authorization header requires 'Credential' parameter.")
  if (!parts.signature) texts.push("Authorization header requires 'Signature' parameter.")
  if (!parts.signedHeaders) texts.push("Authorization header requires 'SignedHeaders' parameter.")
  if (parts.time === undefined) {
    texts.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  }
  return `${texts.join(' ')} (Hashed with SHA-256 and encoded with Base64) Authorization=${hashed(header)}`
}

function readTime(text: string, fromAmzDate: boolean): Date {
  const time = fromAmzDate ? parseStamp(text) : parseHttpDate(text)
  if (time) return time
  throw incomplete(
    `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  )
}

/** What a client sent may be a password of another scheme, so texts that end in logs show its hash alone. */
function hashed(header: string): string {
  return createHash('sha256').update(header).digest('base64')
}

function incomplete(message: string): RefusalError {
  return new RefusalError('incomplete-signature', message)
}
