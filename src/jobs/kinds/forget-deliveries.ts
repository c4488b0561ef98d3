import type { Messaging } from '../../messaging/messaging.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000
/** How long one can see what became of a delivery. */
const remembered = 7 * 24 * hour
const forgottenAtOnce = 1_000

/** Forgets deliveries that ended a week ago. */
export function forgetDeliveriesKind({ metadata, now }: Messaging): JobKind {
  return {
    name: 'forget-deliveries',
    every: hour,
    async run({ signal }) {
      const before = new Date(now().getTime() - remembered)
      let forgotten = 0
      do {
        signal.throwIfAborted()
        forgotten = await metadata.write((tx) => tx.deliveries.forget(before, forgottenAtOnce))
      } while (forgotten === forgottenAtOnce)
      return new Date(now().getTime() + hour)
    },
  }
}
