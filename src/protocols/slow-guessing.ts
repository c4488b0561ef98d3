import { setTimeout as wait } from 'node:timers/promises'
import type { FailedLogins } from '../access/failed-logins.ts'
import type { HttpDoor, HttpRequest } from './http/exchange.ts'

/** Milliseconds that a request waits that may be a guess. */
const pause = 1_000

/**
 * Slows whoever tries one key, password or token after another at a door: what comes from their address waits a second before anybody
 * looks at its credentials, right or wrong, and when many wait there the rest is told to come back. Credentials that have proved good
 * wait no more, and what comes from elsewhere notices nothing.
 */
export function slowGuessing(door: HttpDoor, failed: FailedLogins): HttpDoor {
  return async (request) => {
    const address = request.remoteAddress
    const isSlowed = failed.isSlowed(address)
    if (isSlowed && bringsCredentials(request) && !isProven(request, failed)) {
      using place = failed.queue(address)
      if (place === undefined) request.isSurplus = true
      else await wait(pause)
    }
    const answer = await door(request)
    if (request.notes.isRejected) failed.failed(address)
    else if (isSlowed && !request.isSurplus) prove(request, failed)
    return answer
  }
}

function bringsCredentials({ headers, url }: HttpRequest): boolean {
  return headers.authorization !== undefined || url.includes('X-Amz-Signature')
}

/** A signature is another one each time; only a password or a token can be known again. */
function isProven({ headers: { authorization } }: HttpRequest, failed: FailedLogins): boolean {
  return authorization !== undefined && failed.isProven(authorization)
}

function prove({ headers: { authorization }, notes }: HttpRequest, failed: FailedLogins): void {
  if (authorization !== undefined && notes.caller !== undefined) failed.prove(authorization)
}
