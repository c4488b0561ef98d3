import { InvalidTopicParameterError, TaggedResourceNotFoundError } from '../../core/topics/errors.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import type { TopicReader } from '../../stores/metadata/topics.ts'

/** @throws TaggedResourceNotFoundError, InvalidTopicParameterError unless the topic that an ARN names is there */
export async function requireTaggedTopic(topics: TopicReader, arn: string): Promise<void> {
  if (arn === '') throw new InvalidTopicParameterError('ResourceArn')
  if ((await topics.find(parseTopicArn(arn, 'ResourceArn'))) === undefined)
    throw new TaggedResourceNotFoundError()
}
