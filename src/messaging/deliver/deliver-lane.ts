import { backOff } from '../../core/deliveries/back-off.ts'
import type { Delivery } from '../../core/deliveries/delivery.ts'
import { retryDelay } from '../../core/topics/delivery-policy.ts'
import type { Messaging } from '../messaging.ts'
import type { MessageContent } from './content.ts'
import { putDeadLetter } from './dead-letter.ts'
import type { Outcome } from './outcome.ts'
import { trySending } from './try-sending.ts'

/** Deliveries that one turn makes before others have theirs. */
const turn = 50

/**
 * Makes the deliveries of one lane that are due, one after another, and resolves to when the next is due, if any waits. What fails
 * is tried again later, longer apart each time, and holds up what is behind it for a while; it is given up after its time or
 * its tries. Killed at any moment, it is made again.
 *
 * @throws the signal's reason
 */
export async function deliverLane(
  messaging: Messaging,
  lane: string,
  signal: AbortSignal,
): Promise<Date | undefined> {
  const { metadata, now } = messaging
  for (let made = 0; made < turn; made++) {
    signal.throwIfAborted()
    const next = await metadata.deliveries.next(lane, now())
    if (next === undefined || next.nextAt > now()) {
      return earliest(next?.nextAt, await metadata.deliveries.nextPatientless(lane))
    }
    const restsUntil = await deliverOne(messaging, next, signal)
    if (restsUntil !== undefined) return restsUntil
  }
  return now()
}

/** Resolves to when its receiver may be tried again, if it may not now. */
async function deliverOne(
  messaging: Messaging,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<Date | undefined> {
  const outcome = await trySending(messaging, delivery, signal)
  signal.throwIfAborted()
  if (outcome.kind === 'postponed') return outcome.until
  const at = messaging.now()
  const tried = { at, answer: outcome.answer.slice(0, longestAnswer) }
  const nextAt = nextTry(delivery, outcome, at, messaging.random())
  await messaging.metadata.write(async (tx) => {
    if (outcome.kind === 'delivered') {
      await outcome.effect?.(tx)
      await tx.deliveries.end(delivery, 'delivered', tried)
    } else if (nextAt === undefined) {
      await tx.deliveries.end(delivery, 'dead', tried)
      await putDeadLetter(tx, messaging, delivery, outcome)
    } else await tx.deliveries.putOff(delivery, nextAt, tried)
  })
  return undefined
}

const longestAnswer = 1_000

/** When a delivery is tried next; undefined when it is given up. */
function nextTry(delivery: Delivery, outcome: Outcome, at: Date, random: number): Date | undefined {
  const { attempts, limits } = delivery
  if (outcome.kind !== 'failed' || attempts + 1 >= limits.attempts) return undefined
  const wait = Math.max(retryWait(delivery, random), outcome.retryAfterMs ?? 0)
  const next = new Date(at.getTime() + wait)
  return next < limits.until ? next : undefined
}

/** As the subscription's delivery policy says, or as the engine does by itself. */
function retryWait({ kind, content, attempts }: Delivery, random: number): number {
  // Whoever adds a message says by its type what it is made of.
  const retry = kind === 'message' ? (content as MessageContent).retry : undefined
  return retry === undefined ? backOff(attempts + 1, random) : retryDelay(retry, attempts + 1)
}

function earliest(...times: readonly (Date | undefined)[]): Date | undefined {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : new Date(Math.min(...known.map(Number)))
}
