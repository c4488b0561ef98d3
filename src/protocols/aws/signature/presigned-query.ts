import type { Parameter } from '../query-string.ts'
import { RefusalError } from '../refusal.ts'
import { algorithm, type Claim } from './claim.ts'
import { parseCredential } from './credential.ts'
import { parseStamp } from './request-time.ts'

const required = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
]
const optional = ['X-Amz-Expires', 'X-Amz-Security-Token']

/** AWS honours presigned URLs of other services than S3 for a quarter of an hour, whatever they ask for. */
const longestLifetime = 900
/** A week: the most a URL may ask for. */
const longestExpires = 604_800

/** Tells whether a URL claims to be presigned. */
export function isPresigned(query: readonly Parameter[]): boolean {
  return query.some(([name]) => name === 'X-Amz-Signature' || name === 'X-Amz-Algorithm')
}

/**
 * Reads the claim of a presigned URL.
 *
 * @throws RefusalError incomplete-signature, naming every parameter that is missing
 * @see AWS IAM user guide, "Elements of an AWS API request signature", query string parameters
 */
export function readPresignedQuery(query: readonly Parameter[]): Claim {
  const fields = readFields(query)
  if (fields.get('X-Amz-Algorithm') !== algorithm) {
    throw incomplete(`Unsupported AWS 'algorithm': '${fields.get('X-Amz-Algorithm')}'.`)
  }
  return {
    ...parseCredential(fields.get('X-Amz-Credential') ?? ''),
    signedHeaders: (fields.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: fields.get('X-Amz-Signature') ?? '',
    time: readTime(fields.get('X-Amz-Date') ?? ''),
    sessionToken: fields.get('X-Amz-Security-Token'),
    lifetime: readLifetime(fields.get('X-Amz-Expires')),
  }
}

function readFields(query: readonly Parameter[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of query) {
    if (!required.includes(name) && !optional.includes(name)) continue
    if (fields.has(name))
      throw incomplete(`AWS query-string parameter '${name}' must not appear more than once.`)
    fields.set(name, value)
  }
  const missing = required.filter((name) => !fields.get(name))
  if (missing.length === 0) return fields
  const texts = missing.map((name) => `AWS query-string parameters must include '${name}'.`)
  throw incomplete(`${texts.join(' ')} Re-examine the query-string parameters.`)
}

function readTime(text: string): Date {
  const time = parseStamp(text)
  if (time) return time
  throw incomplete(`X-Amz-Date must be formatted via ISO-8601 'basic format'. Got '${text}'.`)
}

function readLifetime(text: string | undefined): number {
  if (text === undefined) return longestLifetime
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= 1 && seconds <= longestExpires) return Math.min(seconds, longestLifetime)
  throw incomplete(`X-Amz-Expires must be between 1 and ${longestExpires} seconds. Got '${text}'.`)
}

function incomplete(message: string): RefusalError {
  return new RefusalError('incomplete-signature', message)
}
