import { robotUser } from '../../core/robots/robot-password.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { jsonAnswer, refusalAnswer } from './answers.ts'
import { readBasicPassword } from './basic-password.ts'
import { anonymousToken } from './bearer-token.ts'
import { challengeAnswer } from './challenge.ts'
import { type KnownCredentials, readCredentials } from './read-credentials.ts'
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
export async function tokenAnswer(http: HttpRequest, known: KnownCredentials): Promise<HttpResponse> {
  http.notes.route = tokenPath
  if (http.method !== 'GET') return refusalAnswer(noSuchMethod(http.method, ['GET']))
  const { authorization } = http.headers
  if (authorization === undefined) return jsonAnswer({ token: anonymousToken, expires_in: lifetime })
  const reading = await readCredentials(authorization, known, 'basic')
  if (reading.state === 'expired') return refusalAnswer(expiredToken)
  if (reading.state !== 'valid') {
    http.notes.isRejected = true
    return challengeAnswer(http)
  }
  http.notes.caller = reading.principal.arn
  const token = readBasicPassword(authorization) ?? readBasicPassword(authorization, robotUser)
  return jsonAnswer({ token, expires_in: lifetime })
}
