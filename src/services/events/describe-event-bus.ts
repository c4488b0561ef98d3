import type { DescribeEventBusRequest, DescribeEventBusResponse } from '@aws-sdk/client-eventbridge'
import { findBus } from '../../messaging/rules/find-bus.ts'
import { busShape } from './bus-shape.ts'
import type { EventsAction } from './events-action.ts'
import { onBus, requestedBus } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, DescribeEventBus */
export const describeEventBus: EventsAction<DescribeEventBusRequest, DescribeEventBusResponse> = {
  operation: 'DescribeEventBus',
  permissions: (input, call) => onBus('events:DescribeEventBus', requestedBus(input.Name, call)),
  async run(input, call, { messaging: { metadata } }) {
    return busShape(await findBus(metadata.rules, requestedBus(input.Name, call)), metadata)
  },
}
