import type { Delivery } from '../../core/deliveries/delivery.ts'
import { readPage } from '../page.ts'
import type { BerthAction } from './berth-action.ts'
import { idPosition } from './id-position.ts'
import { onRegistry } from './permissions.ts'
import type { Delivery as DeliveryShape } from './shapes.ts'

const defaultPageSize = 100

/** Deliveries of the caller's account and region, latest first. */
export const listDeliveries: BerthAction<'ListDeliveries'> = {
  operation: 'ListDeliveries',
  permissions: onRegistry('berth:ListDeliveries'),
  async run({ state, maxResults }, call, { registry }) {
    const before = idPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.deliveries.list(call.registry, { state, before, limit }),
      positionOf: ({ id }) => id,
    })
    return { deliveries: rows.map(toShape), nextToken }
  },
}

function toShape({
  id,
  kind,
  lane,
  state,
  attempts,
  createdAt,
  nextAt,
  endedAt,
  answer,
}: Delivery): DeliveryShape {
  const nextAttemptAt = state === 'waiting' ? nextAt : undefined
  return { deliveryId: id, kind, receiver: lane, state, attempts, createdAt, nextAttemptAt, endedAt, answer }
}
