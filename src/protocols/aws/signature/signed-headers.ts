import { RefusalError } from '../refusal.ts'
import type { SignedRequest } from './claim.ts'

/** Headers that change what a request means or who sends it; where they come, the signature must cover them. */
const meaningful = ['x-amz-target', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256']

/**
 * Refuses a list of signed headers that leaves out one that matters, or that names one twice or in another spelling than
 * the canonical form has.
 *
 * @throws RefusalError incomplete-signature, signature-mismatch
 */
export function checkSignedHeaders(names: readonly string[], { headers }: SignedRequest): void {
  if (names.some((name) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) || new Set(names).size < names.length) {
    throw new RefusalError(
      'incomplete-signature',
      `'SignedHeaders' must name each header once, in lower case, got '${names.join(';')}'.`,
    )
  }
  if (!names.includes('host')) throw unsigned("'Host' or ':authority'")
  const forgotten = meaningful.find((name) => headers.has(name) && !names.includes(name))
  if (forgotten) throw unsigned(`'${forgotten}'`)
}

function unsigned(name: string): RefusalError {
  return new RefusalError('signature-mismatch', `${name} must be a 'SignedHeader' in the AWS Authorization.`)
}
