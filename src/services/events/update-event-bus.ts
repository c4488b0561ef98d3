import type { UpdateEventBusRequest, UpdateEventBusResponse } from '@aws-sdk/client-eventbridge'
import { busArn } from '../../core/events/rule.ts'
import { findBus } from '../../messaging/rules/find-bus.ts'
import type { EventsAction } from './events-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { onBus, requestedBus } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, UpdateEventBus */
export const updateEventBus: EventsAction<UpdateEventBusRequest, UpdateEventBusResponse> = {
  operation: 'UpdateEventBus',
  permissions: (input, call) => onBus('events:UpdateEventBus', requestedBus(input.Name, call)),
  async run(input, call, { messaging: { metadata, now } }) {
    refuseUnoffered(input, ['KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig'])
    const key = requestedBus(input.Name, call)
    const description = input.Description
    await metadata.write(async (tx) => {
      await tx.rules.putBus({ ...(await findBus(tx.rules, key)), description, changedAt: now() })
    })
    return {
      Name: key.name,
      Arn: busArn(key),
      ...(description !== undefined && { Description: description }),
    }
  },
}
