import { readPage } from '../page.ts'
import type { BerthAction } from './berth-action.ts'
import { deliveryShape } from './delivery-shape.ts'
import { idPosition } from './id-position.ts'
import { onRegistry } from './permissions.ts'

const defaultPageSize = 100

/** Deliveries of the caller's account and region, latest first. */
export const listDeliveries: BerthAction<'ListDeliveries'> = {
  operation: 'ListDeliveries',
  permissions: onRegistry('berth:ListDeliveries'),
  async run({ state, receiver: lane, maxResults }, call, { registry }) {
    const before = idPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.deliveries.list(call.registry, { state, lane, before, limit }),
      positionOf: ({ id }) => id,
    })
    return { deliveries: rows.map(deliveryShape), nextToken }
  },
}
