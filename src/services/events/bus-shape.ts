import type { EventBus as EventBusShape } from '@aws-sdk/client-eventbridge'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { busArn, type EventBus } from '../../core/events/rule.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** A bus as EventBridge shows it. */
export async function busShape(bus: EventBus, metadata: Pick<MetadataReader, 'iam'>): Promise<EventBusShape> {
  return {
    Name: bus.name,
    Arn: busArn(bus),
    CreationTime: bus.createdAt,
    LastModifiedTime: bus.changedAt,
    ...(bus.description !== undefined && { Description: bus.description }),
    ...(bus.policy !== undefined && { Policy: await showPolicy(metadata, bus.policy) }),
  }
}
