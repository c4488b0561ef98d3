import type { Messaging } from '../../messaging/messaging.ts'
import { forgetAll } from '../../stores/metadata/forget-all.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000
/** How long one can see what became of a delivery. */
const remembered = 7 * 24 * hour

/** Forgets deliveries that ended a week ago. */
export function forgetDeliveriesKind({ metadata, now }: Messaging): JobKind {
  return {
    name: 'forget-deliveries',
    every: hour,
    async run({ signal }) {
      const before = new Date(now().getTime() - remembered)
      await forgetAll(metadata, signal, (tx, most) => tx.deliveries.forget(before, most))
      return new Date(now().getTime() + hour)
    },
  }
}
