import type { ResourceRules } from '../../core/policies/resource-rules.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Permission } from '../permission.ts'
import { busRules } from './bus-rules.ts'
import { iamRules } from './iam-rules.ts'
import { queueRules } from './queue-rules.ts'
import { topicRules } from './topic-rules.ts'

type Reader = Pick<MetadataReader, 'arnTags' | 'iam' | 'queues' | 'rules' | 'topics'>

/**
 * What its owner says about a resource that lies in no registry: the policy of a topic, of a queue, of an event bus, or of a role that is to be
 * assumed; and its tags. The resource's ARN tells what it is, so that no action can forget to ask.
 */
export async function findRules(
  metadata: Reader,
  { action, resource }: Pick<Permission, 'action' | 'resource'>,
): Promise<ResourceRules | undefined> {
  if (resource.includes('*')) return undefined
  const [, , service, , , kind = ''] = resource.split(/[:/]/)
  if (service === 'sns') return topicRules(metadata, resource)
  if (service === 'sqs') return queueRules(metadata, resource)
  if (service === 'iam') return iamRules(metadata, { action, resource })
  if (service === 'events' && kind === 'event-bus') return busRules(metadata, resource)
  if (service === 'sts') return undefined
  return { resource: { policy: undefined, tags: await metadata.arnTags.of(resource) } }
}
