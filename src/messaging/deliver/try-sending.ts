import type { Delivery } from '../../core/deliveries/delivery.ts'
import { OutboundError } from '../../outbound/outbound-errors.ts'
import type { Messaging } from '../messaging.ts'
import type { ConfirmationContent, MessageContent, TargetContent } from './content.ts'
import type { Outcome } from './outcome.ts'
import { CutShortError, ReceiverRestsError } from './receivers.ts'
import { sendConfirmation } from './send-confirmation.ts'
import { sendMessage } from './send-message.ts'
import { sendToTarget } from './send-to-target.ts'

/** Tries a delivery once. Whatever goes wrong on the way is an outcome, but for the signal's reason. */
export async function trySending(
  messaging: Messaging,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return await send(messaging, delivery, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ReceiverRestsError && error.until < delivery.limits.until) {
      return { kind: 'postponed', answer: error.message, until: error.until }
    }
    return { kind: 'failed', answer: explain(error) }
  }
}

/** The content of a delivery is its kind's: whoever adds one says so by its type. */
function send(messaging: Messaging, { kind, content }: Delivery, signal: AbortSignal): Promise<Outcome> {
  switch (kind) {
    case 'target':
      return sendToTarget(messaging, content as TargetContent, signal)
    case 'message':
      return sendMessage(messaging, content as MessageContent, signal)
    case 'confirmation':
      return sendConfirmation(messaging, content as ConfirmationContent, signal)
  }
}

/** What went wrong, without anything secret: it is shown to whoever may read deliveries. */
function explain(error: unknown): string {
  if (isOurs(error)) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : 'It failed for an unknown reason'
}

function isOurs(error: unknown): error is Error {
  return [OutboundError, ReceiverRestsError, CutShortError].some((kind) => error instanceof kind)
}
