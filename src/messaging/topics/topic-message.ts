import type { MessageAttributes } from '../../core/topics/message-attributes.ts'
import type { TopicKey } from '../../core/topics/topic.ts'

/** What was published to a topic, for one subscriber. */
export interface TopicMessage {
  /** A UUID. */
  readonly id: string
  readonly topic: TopicKey
  readonly subject?: string | undefined
  /** The text for this subscriber's protocol. */
  readonly body: string
  readonly attributes: MessageAttributes
  /** ISO 8601 with milliseconds. */
  readonly timestamp: string
}
