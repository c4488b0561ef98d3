import { TopicNotFoundError } from '../../core/topics/errors.ts'
import type { Topic, TopicKey } from '../../core/topics/topic.ts'
import type { TopicReader } from '../../stores/metadata/topics.ts'

/** @throws TopicNotFoundError */
export async function findTopic(topics: TopicReader, key: TopicKey): Promise<Topic> {
  const topic = await topics.find(key)
  if (topic === undefined) throw new TopicNotFoundError()
  return topic
}
