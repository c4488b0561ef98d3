import { buffer } from 'node:stream/consumers'
import { MailRefusedError } from '../../mail/mailer.ts'
import { OutboundTimeoutError, UnreachableError } from '../../outbound/outbound-errors.ts'
import type { OutboundRequest, OutboundResponse } from '../../outbound/outbound-request.ts'
import type { Messaging } from '../messaging.ts'
import type { Receivers } from './receivers.ts'

/** The same, but each try of another server is made under the eyes of `receivers`. */
export function guardReceivers(messaging: Messaging, receivers: Receivers): Messaging {
  return {
    ...messaging,
    outbound: {
      send: (request) =>
        receivers.trying(request.url.origin, isUnreached, (cut) => exchange(messaging, request, cut)),
    },
    mailer: {
      // All e-mail goes to one server.
      send: (mail) => receivers.trying('The mail server', isSilent, () => messaging.mailer.send(mail)),
    },
  }
}

/** A request and its whole answer: a body that doesn't come is silence as well. */
async function exchange(
  { outbound }: Messaging,
  request: OutboundRequest,
  cut: AbortSignal,
): Promise<OutboundResponse> {
  const signal = AbortSignal.any(request.signal === undefined ? [cut] : [cut, request.signal])
  const answer = await outbound.send({ ...request, signal })
  const body = await buffer(answer.body)
  return { ...answer, body: inOnePiece(body) }
}

async function* inOnePiece(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

function isUnreached(error: unknown): boolean {
  return error instanceof UnreachableError || error instanceof OutboundTimeoutError
}

/** Whether no answer came: a server that greylists has answered. */
function isSilent(error: unknown): boolean {
  if (error instanceof MailRefusedError) return false
  return !(error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number')
}
