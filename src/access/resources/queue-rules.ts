import type { ResourceRules } from '../../core/policies/resource-rules.ts'
import { parseQueueArn } from '../../core/queues/queue.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { readResourcePolicy } from './read-resource-policy.ts'

/** What the policy of a queue says, if it has one. */
export async function queueRules(
  { queues, arnTags }: Pick<MetadataReader, 'queues' | 'arnTags'>,
  arn: string,
): Promise<ResourceRules | undefined> {
  const key = parseQueueArn(arn)
  const queue = key && (await queues.queue(key))
  if (queue === undefined) return undefined
  const { Policy: text } = queue.attributes
  const policy =
    text === undefined ? undefined : readResourcePolicy(text, `the policy of queue ${queue.name}`)
  return { resource: { policy, tags: await arnTags.of(arn) } }
}
