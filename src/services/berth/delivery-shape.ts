import type { Delivery } from '../../core/deliveries/delivery.ts'
import type { Delivery as DeliveryShape } from './shapes.ts'

export function deliveryShape({
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
