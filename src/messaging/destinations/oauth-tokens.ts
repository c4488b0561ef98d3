import { LRUCache } from 'lru-cache'
import type { Messaging } from '../messaging.ts'
import type { Connection } from './connection.ts'
import { type OAuthToken, requestToken } from './oauth-token.ts'

const mostKept = 1_000

/** Tokens of connections, in memory alone, each until its end or until it is refused. */
export class OAuthTokens {
  readonly #tokens = new LRUCache<string, OAuthToken>({ max: mostKept })

  /** The value of the Authorization header for a connection that has OAuth; undefined for others. @throws NotAuthorizedError, OutboundError */
  async authorization(
    messaging: Pick<Messaging, 'outbound' | 'now'>,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { OAuthParameters: oauth } = connection.auth
    if (oauth === undefined) return undefined
    const known = this.#tokens.get(keyOf(connection))
    if (known !== undefined && known.until > messaging.now()) return known.authorization
    const token = await requestToken(messaging, oauth, signal)
    this.#tokens.set(keyOf(connection), token)
    return token.authorization
  }

  /** Has the next call ask for a new token. */
  forget(connection: Connection): void {
    this.#tokens.delete(keyOf(connection))
  }
}

/** A connection that is changed asks anew. */
function keyOf({ thing: { id, changedAt } }: Connection): string {
  return `${id} ${changedAt.getTime()}`
}
