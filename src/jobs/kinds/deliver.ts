import { deliveryJobKind } from '../../messaging/add-deliveries.ts'
import { deliverLane } from '../../messaging/deliver/deliver-lane.ts'
import { guardReceivers } from '../../messaging/deliver/guard-receivers.ts'
import { Receivers } from '../../messaging/deliver/receivers.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import type { JobKind } from '../job-kind.ts'

/** Lanes that one process is at, at the same time. Where that is too few, those that hear nothing give up their places. */
const lanesAtOnce = 512

/** Brings what waits to receivers, each by a job of its own, so that a slow one holds up no other. */
export function deliverKind(messaging: Messaging): JobKind {
  const receivers = new Receivers(messaging)
  const guarded = guardReceivers(messaging, receivers)
  return {
    name: deliveryJobKind,
    atOnce: lanesAtOnce,
    isSilent: true,
    makeRoom: () => receivers.makeRoom(),
    run: ({ key, signal }) => deliverLane(guarded, key, signal),
  }
}
