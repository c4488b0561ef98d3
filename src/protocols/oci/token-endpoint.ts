import type { RegistryTokens } from '../../access/registry-tokens.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { jsonAnswer, refusalAnswer } from './answers.ts'
import { readBasicPassword } from './basic-password.ts'
import { anonymousToken } from './bearer-token.ts'
import { challengeAnswer } from './challenge.ts'
import { expiredToken, noSuchMethod } from './refusals.ts'

/** Where clients get a bearer token, with or without credentials. */
export const tokenPath = '/v2/token'

/** Seconds after which clients ask again; shorter than any login lasts. */
const lifetime = 300

/**
 * Changes a login into a bearer token that is worth the same, and no login into one that is worth nothing but what policies give to
 * everyone. Docker sends nothing at all to a registry that asks for Basic when it has no credentials: this is how it can pull without.
 *
 * @see distribution, "Token Authentication Specification"
 */
export function tokenAnswer(http: HttpRequest, tokens: RegistryTokens): HttpResponse {
  http.notes.route = tokenPath
  if (http.method !== 'GET') return refusalAnswer(noSuchMethod(http.method, ['GET']))
  const { authorization } = http.headers
  if (authorization === undefined) return jsonAnswer({ token: anonymousToken, expires_in: lifetime })
  const password = readBasicPassword(authorization)
  const reading = password === undefined ? undefined : tokens.read(password)
  if (reading?.state === 'expired') return refusalAnswer(expiredToken)
  if (reading?.state !== 'valid') return challengeAnswer(http)
  http.notes.caller = reading.principal.arn
  return jsonAnswer({ token: password, expires_in: lifetime })
}
