import { readBasicPassword } from './basic-password.ts'

/** What clients without credentials send once they have asked for a token. It says nothing, so it needs no seal. */
export const anonymousToken = 'anonymous'

const bearer = /^bearer +([\w.~+/-]+=*) *$/i

/** The token in an `Authorization` header of scheme Bearer. @see RFC 6750, section 2.1 */
export function readBearerToken(authorization: string): string | undefined {
  return bearer.exec(authorization)?.[1]
}

/** A registry token, as a password or as the bearer token that a client got for it. */
export function readPasswordOrToken(authorization: string): string | undefined {
  return readBasicPassword(authorization) ?? readBearerToken(authorization)
}
