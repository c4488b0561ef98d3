import type { Delivery } from '../../core/deliveries/delivery.ts'
import type { MessageContent, TargetContent } from '../../messaging/deliver/content.ts'
import { DeliveryNotFoundError } from '../../messaging/replay-delivery.ts'
import type { BerthAction } from './berth-action.ts'
import { deliveryShape } from './delivery-shape.ts'
import { onRegistry } from './permissions.ts'

/** A delivery, what it brings, and what each of its tries was answered. */
export const describeDelivery: BerthAction<'DescribeDelivery'> = {
  operation: 'DescribeDelivery',
  permissions: onRegistry('berth:DescribeDelivery'),
  async run({ deliveryId }, call, { registry }) {
    const delivery = await registry.metadata.deliveries.find(call.registry, deliveryId)
    if (delivery === undefined) throw new DeliveryNotFoundError(deliveryId)
    return {
      delivery: deliveryShape(delivery),
      ...contentOf(delivery),
      tries: delivery.tries.map(({ at, answer }) => ({ triedAt: at, answer })),
    }
  },
}

/** Whoever adds a delivery says by its kind what it is made of. A confirmation's token is for whom it goes to alone. */
function contentOf({ kind, content }: Delivery) {
  if (kind === 'confirmation') return {}
  if (kind === 'message') return { content: (content as MessageContent).message.body }
  const { event, input } = content as TargetContent
  return { event: JSON.stringify(event), content: input }
}
