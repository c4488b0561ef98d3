import { RefusalError } from '../refusal.ts'
import { canonicalQuery } from './canonical-query.ts'
import { canonicalUri } from './canonical-uri.ts'
import type { SignedRequest } from './claim.ts'

/**
 * The text whose hash a signature covers.
 *
 * @param bodyHash lower-case hex SHA-256 of the body's bytes as received
 * @throws RefusalError signature-mismatch when a signed header never arrived
 * @see AWS IAM user guide, "Create a canonical request"
 */
export function canonicalRequest(
  request: SignedRequest,
  signedHeaders: readonly string[],
  bodyHash: string,
): string {
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(request, name)}\n`)
  return [
    request.method,
    canonicalUri(request.path),
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    bodyHash,
  ].join('\n')
}

function canonicalValue({ headers }: SignedRequest, name: string): string {
  const values = headers.all(name)
  if (values.length === 0) {
    throw new RefusalError('signature-mismatch', `The signed header '${name}' is not in the request.`)
  }
  return values.map((value) => value.trim().replaceAll(/\s+/g, ' ')).join(',')
}
