import type { EventBus as EventBusShape } from '@aws-sdk/client-eventbridge'
import { busArn, type EventBus } from '../../core/events/rule.ts'

/** A bus as EventBridge shows it. */
export function busShape(bus: EventBus): EventBusShape {
  return {
    Name: bus.name,
    Arn: busArn(bus),
    CreationTime: bus.createdAt,
    LastModifiedTime: bus.changedAt,
    ...(bus.description !== undefined && { Description: bus.description }),
    ...(bus.policy !== undefined && { Policy: bus.policy }),
  }
}
