import type { AccessKey, AccessKeys } from '../../../access/access-keys.ts'
import type { Principal } from '../../../access/principal.ts'
import type { Region } from '../../../core/names/region.ts'
import { RefusalError } from '../refusal.ts'
import { readAuthorizationHeader } from './authorization-header.ts'
import { canonicalRequest } from './canonical-request.ts'
import type { Claim, SignedRequest } from './claim.ts'
import { checkClock, checkLifetime } from './clock-window.ts'
import { checkScope } from './credential.ts'
import { findKey } from './find-key.ts'
import { isPresigned, readPresignedQuery } from './presigned-query.ts'
import { isSameSignature, sha256, sign } from './signature.ts'
import { checkSignedHeaders } from './signed-headers.ts'

/** Who really sent a request, and for which region. */
export interface Identity {
  readonly caller: Principal
  readonly region: Region
}

/** A signature that fits as far as it can be judged without the body. */
export interface PendingSignature {
  /** @throws RefusalError signature-mismatch unless the signature covers exactly this body and has not expired */
  verify(body: Uint8Array): Identity
}

export interface Verifier {
  readonly keys: AccessKeys
  readonly now: () => Date
}

/**
 * Checks a SigV4 signature, in the header or in a presigned URL, in the order in which AWS reports what is wrong. The body
 * comes last, so that nobody without a key can make the server read a large one; where its hash is announced, in a header that
 * has to be signed, the signature is checked by that before the body is read.
 *
 * @param service the service the request is for, which the credential scope must name, and its clock window
 * @throws RefusalError missing-authentication, incomplete-signature, signature-mismatch, unknown-key, expired-session
 * @see AWS IAM user guide, "AWS Signature Version 4 for API requests"
 */
export async function authenticate(
  request: SignedRequest,
  service: { readonly name: string; readonly clockMinutes: number },
  { keys, now }: Verifier,
): Promise<PendingSignature> {
  const claim = readClaim(request)
  checkSignedHeaders(claim.signedHeaders, request)
  const region = checkScope(claim.scope, service.name, claim.time)
  const key = await findKey(keys, claim, now())
  checkClock(claim, now(), service.clockMinutes)
  const announced = request.headers.one('x-amz-content-sha256')
  if (announced !== undefined) checkSignature(request, claim, key, announced)
  return {
    verify: (body) => {
      checkSignature(request, claim, key, sha256(body))
      checkLifetime(claim, now())
      return { caller: key.principal, region }
    },
  }
}

function readClaim(request: SignedRequest): Claim {
  const header = request.headers.one('authorization')
  const presigned = isPresigned(request.query)
  if (header !== undefined && presigned) {
    throw new RefusalError(
      'incomplete-signature',
      'Only one auth mechanism allowed: either the Authorization header or the X-Amz query-string parameters.',
    )
  }
  if (header !== undefined) return readAuthorizationHeader(header, request)
  if (presigned) return readPresignedQuery(request.query)
  throw new RefusalError('missing-authentication', 'Missing Authentication Token')
}

function checkSignature(request: SignedRequest, claim: Claim, key: AccessKey, bodyHash: string): void {
  const expected = sign(key.secret, claim, canonicalRequest(request, claim.signedHeaders, bodyHash))
  const announced = request.headers.one('x-amz-content-sha256') ?? bodyHash
  if (announced === bodyHash && isSameSignature(expected, claim.signature)) return
  throw new RefusalError(
    'signature-mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  )
}
