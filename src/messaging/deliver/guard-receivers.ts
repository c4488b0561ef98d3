import { MailRefusedError } from '../../mail/mailer.ts'
import { OutboundTimeoutError, UnreachableError } from '../../outbound/outbound-errors.ts'
import type { Messaging } from '../messaging.ts'
import type { Receivers } from './receivers.ts'

/** The same, but each try of another server is made under the eyes of `receivers`. */
export function guardReceivers(messaging: Messaging, receivers: Receivers): Messaging {
  return {
    ...messaging,
    outbound: {
      send: (request) =>
        receivers.trying(request.url.origin, isUnreached, () => messaging.outbound.send(request)),
    },
    mailer: {
      // All e-mail goes to one server.
      send: (mail) => receivers.trying('The mail server', isSilent, () => messaging.mailer.send(mail)),
    },
  }
}

function isUnreached(error: unknown): boolean {
  return error instanceof UnreachableError || error instanceof OutboundTimeoutError
}

/** Whether no answer came: a server that greylists has answered. */
function isSilent(error: unknown): boolean {
  if (error instanceof MailRefusedError) return false
  return !(error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number')
}
