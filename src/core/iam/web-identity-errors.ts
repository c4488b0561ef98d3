import { DomainError } from '../errors.ts'

/** A token that proves nothing: of a stranger, altered, incomplete, or meant for somebody else. */
export class InvalidIdentityTokenError extends DomainError {
  override readonly name = 'InvalidIdentityTokenError'
}

/** A token that was good once. */
export class ExpiredIdentityTokenError extends DomainError {
  override readonly name = 'ExpiredIdentityTokenError'
}

/** A token says something of its bearer that can't be taken. */
export class IdpRejectedClaimError extends DomainError {
  override readonly name = 'IdpRejectedClaimError'
}

/** The issuer of a token can't be reached; that may be over in a moment. */
export class IdpCommunicationError extends DomainError {
  override readonly name = 'IdpCommunicationError'
}

/** The issuer can be reached, and gives no key that the token could be verified with. */
export function noVerificationKey(cause?: unknown): InvalidIdentityTokenError {
  const text =
    // Two spaces, as AWS has them.
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"
  return new InvalidIdentityTokenError(text, { cause })
}

/** The signature isn't the issuer's, or is made in a way that proves nothing. */
export function unverifiable(cause?: unknown): InvalidIdentityTokenError {
  const text =
    'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.'
  return new InvalidIdentityTokenError(text, { cause })
}

/** What was sent is no signed token at all. */
export function notAToken(cause?: unknown): InvalidIdentityTokenError {
  const text =
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'
  return new InvalidIdentityTokenError(text, { cause })
}

export function unreachableIssuer(cause?: unknown): IdpCommunicationError {
  const text =
    'The identity provider that was asked to verify the incoming identity token could not be reached.'
  return new IdpCommunicationError(text, { cause })
}
