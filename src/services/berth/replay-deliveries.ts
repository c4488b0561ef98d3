import { replayDeliveries as replay } from '../../messaging/replay-delivery.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** Has many deliveries tried anew; those that are forgotten hold up no others. */
export const replayDeliveries: BerthAction<'ReplayDeliveries'> = {
  operation: 'ReplayDeliveries',
  permissions: onRegistry('berth:ReplayDeliveries'),
  async run({ deliveryIds: asked }, call, { messaging }) {
    const replayed = new Set(await replay(messaging, call.registry, asked))
    return {
      deliveryIds: [...replayed],
      forgottenDeliveryIds: asked.filter((id) => !replayed.has(id)),
    }
  },
}
