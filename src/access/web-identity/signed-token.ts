import type { JWK } from 'jose'
import type { Claims } from '../../core/iam/token-claims.ts'
import { notAToken, noVerificationKey, unverifiable } from '../../core/iam/web-identity-errors.ts'
import type { IssuerKey } from './key-set.ts'

/** Signatures that only the holder of a private key can make; neither `none` nor those by a shared secret are among them. */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']

/** What a token says, before anybody has vouched for it. */
export interface DecodedToken {
  /** Which of the issuer's keys it names. */
  readonly kid: string | undefined
  readonly claims: Claims
}

/** Takes a token apart. @throws InvalidIdentityTokenError */
export async function decodeToken(token: string): Promise<DecodedToken> {
  const [{ decodeJwt }, { decodeProtectedHeader }] = await Promise.all([
    import('jose/jwt/decode'),
    import('jose/decode/protected_header'),
  ])
  const { alg, kid, crit, claims } = (() => {
    try {
      return { ...decodeProtectedHeader(token), claims: decodeJwt(token) }
    } catch (error) {
      throw notAToken(error)
    }
  })()
  if (alg === undefined || !algorithms.includes(alg)) throw unverifiable(`The token's algorithm is ${alg}`)
  if (crit !== undefined) throw unverifiable('The token has extensions that must be understood')
  return { kid: typeof kid === 'string' ? kid : undefined, claims }
}

/**
 * Makes sure that one of these keys has signed a token.
 *
 * @throws InvalidIdentityTokenError
 * @see RFC 7515, 5.2; RFC 8725, 3.1 and 3.2
 */
export async function verifySignature(token: string, keys: readonly IssuerKey[]): Promise<void> {
  // By its parts: the whole library takes 9 MiB more.
  const [{ compactVerify }, { createLocalJWKSet }, { JWKSNoMatchingKey }] = await Promise.all([
    import('jose/jws/compact/verify'),
    import('jose/jwks/local'),
    import('jose/errors'),
  ])
  const set = createLocalJWKSet({ keys: keys.map((key): JWK => ({ ...key })) })
  try {
    await compactVerify(token, set, { algorithms })
  } catch (error) {
    throw error instanceof JWKSNoMatchingKey ? noVerificationKey(error) : unverifiable(error)
  }
}
