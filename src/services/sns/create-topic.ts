import type { CreateTopicInput, CreateTopicResponse } from '@aws-sdk/client-sns'
import { tagConditions } from '../../access/tag-conditions.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import { type Topic, type TopicKey, topicArn } from '../../core/topics/topic.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'
import { keptAttributes } from './kept-attributes.ts'
import { onTopicKey } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { readTags } from './tags.ts'
import { withAttributes } from './topic-attributes.ts'

/** Creates a topic; doing it again with the same attributes and tags answers the same. @see Amazon SNS API reference, CreateTopic */
export const createTopic: SnsAction<CreateTopicInput, CreateTopicResponse> = {
  operation: 'CreateTopic',
  permissions(input, call) {
    const tags = readTags(input.Tags)
    const topic = keyOf(input.Name, call)
    const creation = onTopicKey('sns:CreateTopic', topic, tagConditions(tags))
    return tags.size === 0
      ? creation
      : [...creation, ...onTopicKey('sns:TagResource', topic, tagConditions(tags))]
  },
  async run(input, call, { messaging: { metadata, now } }) {
    if (input.DataProtectionPolicy !== undefined) {
      throw new InvalidTopicParameterError('DataProtectionPolicy Reason: Berth does not offer it')
    }
    const bare: Topic = { ...keyOf(input.Name, call), attributes: {}, createdAt: now() }
    const { FifoTopic: fifo = 'false', ...given } = input.Attributes ?? {}
    if (fifo !== 'false') throw new InvalidTopicParameterError('FifoTopic Reason: Berth has no FIFO topics')
    const attributes = await keptAttributes(metadata, given, 'Attributes Reason: ')
    const topic = withAttributes(bare, attributes, 'Attributes Reason: ')
    const tags = readTags(input.Tags)
    await metadata.write(async (tx) => {
      const known = await tx.topics.find(topic)
      if (known !== undefined)
        return requireSame(tx, known, { attributes, tags, hasTags: input.Tags !== undefined })
      await tx.topics.put(topic)
      return tx.arnTags.put(topicArn(topic), tags)
    })
    return { TopicArn: topicArn(topic) }
  },
}

/** @throws InvalidTopicParameterError */
function keyOf(name: string, { registry: { account, region } }: Call): TopicKey {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw new InvalidTopicParameterError('Topic Name')
  return { account, region, name }
}

/** @throws InvalidTopicParameterError when the topic that is there differs from what is asked for */
async function requireSame(
  tx: MetadataTransaction,
  known: Topic,
  asked: {
    readonly attributes: Readonly<Record<string, string>>
    readonly tags: ReadonlyMap<string, string>
    readonly hasTags: boolean
  },
): Promise<void> {
  const changed = withAttributes(known, asked.attributes)
  if (JSON.stringify(changed) !== JSON.stringify({ ...known, policy: known.policy })) {
    throw new InvalidTopicParameterError('Attributes Reason: Topic already exists with different attributes')
  }
  const tags = await tx.arnTags.of(topicArn(known))
  const sameTags =
    tags.size === asked.tags.size && [...asked.tags].every(([key, value]) => tags.get(key) === value)
  if (asked.hasTags && !sameTags) {
    throw new InvalidTopicParameterError('Tags Reason: Topic already exists with different tags')
  }
}
