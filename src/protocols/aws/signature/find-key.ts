import { createHash, timingSafeEqual } from 'node:crypto'
import type { AccessKey, AccessKeys } from '../../../access/access-keys.ts'
import { RefusalError } from '../refusal.ts'
import type { Claim } from './claim.ts'

/**
 * Finds the key a request claims to be signed with. Whether the key or its session token is wrong can't be told from the
 * answer.
 *
 * @throws RefusalError unknown-key, expired-session
 */
export async function findKey(keys: AccessKeys, claim: Claim, now: Date): Promise<AccessKey> {
  const key = await keys.find(claim.keyId)
  if (!key || !isSameToken(key.sessionToken, claim.sessionToken)) {
    throw new RefusalError('unknown-key', 'The security token included in the request is invalid.')
  }
  if (key.expiresAt && key.expiresAt <= now) {
    throw new RefusalError('expired-session', 'The security token included in the request is expired')
  }
  return key
}

/** Long-term keys have no token and requests must bring none. Hashes make both sides equally long. */
function isSameToken(expected: string | undefined, received: string | undefined): boolean {
  if (expected === undefined || received === undefined) return expected === received
  return timingSafeEqual(digest(expected), digest(received))
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
