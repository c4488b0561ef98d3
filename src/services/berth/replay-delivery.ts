import { replayDelivery as replay } from '../../messaging/replay-delivery.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** Has a delivery tried anew. */
export const replayDelivery: BerthAction<'ReplayDelivery'> = {
  operation: 'ReplayDelivery',
  permissions: onRegistry('berth:ReplayDelivery'),
  async run({ deliveryId }, call, { messaging }) {
    await replay(messaging, call.registry, deliveryId)
    return { deliveryId }
  },
}
