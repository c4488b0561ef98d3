import {
  ExpiredIdentityTokenError,
  IdpRejectedClaimError,
  InvalidIdentityTokenError,
} from './web-identity-errors.ts'

/** What stands in a token. */
export type Claims = Readonly<Record<string, unknown>>

/** Seconds that the clock of an issuer may be off. @see IAM user guide, "OIDC federation", the note on `exp` */
const skew = 300

/** @throws InvalidIdentityTokenError where it isn't there, or is no text */
export function requiredText(claims: Claims, name: string): string {
  const value = claims[name]
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidIdentityTokenError(`Missing a required claim: ${name}`)
}

/** One text, or a list of texts; none for anything else. */
export function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.every((each) => typeof each === 'string') ? all : []
}

/**
 * Checks that a token is good now: issued, begun and not over.
 *
 * @throws InvalidIdentityTokenError, ExpiredIdentityTokenError, IdpRejectedClaimError
 */
export function checkTimes(claims: Claims, now: Date): void {
  const seconds = Math.floor(now.getTime() / 1000)
  const end = requiredTime(claims, 'exp')
  if (seconds >= end + skew) {
    throw new ExpiredIdentityTokenError(
      `Token expired: current date/time ${seconds} must be before the expiration date/time ${end}`,
    )
  }
  for (const name of ['iat', 'nbf']) {
    if (name === 'nbf' && claims.nbf === undefined) continue
    if (requiredTime(claims, name) <= seconds + skew) continue
    throw new IdpRejectedClaimError(`The token's ${name} is in the future`)
  }
}

function requiredTime(claims: Claims, name: string): number {
  const value = claims[name]
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new InvalidIdentityTokenError(`Missing a required claim: ${name}`)
}
