import { OutboundError } from '../../outbound/outbound-errors.ts'
import type { Messaging } from '../messaging.ts'
import { parseThingArn } from './api-destination.ts'
import {
  type Connection,
  connectionArn,
  findConnection,
  lockConnection,
  type OAuthParameters,
} from './connection.ts'
import { NotAuthorizedError, requestToken } from './oauth-token.ts'

export const authorizeJobKind = 'authorize-connection'

/** The job that authorizes a connection which was made or changed. */
export function authorizeJob(thing: Connection['thing']) {
  return { kind: authorizeJobKind, key: connectionArn(thing) }
}

/**
 * Does a connection's job: asks its authorization server for a token, and notes whether it gave one. Nothing where the connection is
 * gone, or isn't to be authorized.
 *
 * @throws the signal's reason
 */
export async function authorizeConnection(
  messaging: Messaging,
  job: string,
  signal: AbortSignal,
): Promise<void> {
  const { metadata } = messaging
  const named = parseThingArn(job)
  const known = named && (await findConnection(messaging, metadata.destinations, named, named.name))
  const oauth = known?.auth.OAuthParameters
  if (known === undefined || known.state !== 'AUTHORIZING' || oauth === undefined) return
  const refusal = await refusalOf(messaging, oauth, signal)
  await metadata.write(async (tx) => {
    const { thing } = known
    const current = await findConnection(messaging, tx.destinations, thing, thing.name)
    // One that was changed meanwhile has a job of its own.
    if (current?.thing.changedAt.getTime() !== thing.changedAt.getTime()) return
    const state = refusal === undefined ? 'AUTHORIZED' : 'DEAUTHORIZED'
    await tx.destinations.put({
      ...thing,
      content: lockConnection(messaging, thing, { ...current, state, stateReason: refusal }),
    })
  })
}

/** Why there is no token; undefined when there is one. */
async function refusalOf(
  messaging: Messaging,
  oauth: OAuthParameters,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await requestToken(messaging, oauth, signal)
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof NotAuthorizedError || error instanceof OutboundError) return error.message
    throw error
  }
}
