import { deliveryJobKind } from '../../messaging/add-deliveries.ts'
import { deliverLane } from '../../messaging/deliver/deliver-lane.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import type { JobKind } from '../job-kind.ts'

/** Receivers that one process is at, at the same time. */
const receiversAtOnce = 32

/** Brings what waits to receivers, each by a job of its own, so that a slow one holds up no other. */
export function deliverKind(messaging: Messaging): JobKind {
  return {
    name: deliveryJobKind,
    atOnce: receiversAtOnce,
    run: ({ key, signal }) => deliverLane(messaging, key, signal),
  }
}
