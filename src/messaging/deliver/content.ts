import type { Event } from '../../core/events/event.ts'
import type { EventTarget } from '../../core/events/target.ts'
import type { RetryPolicy } from '../../core/topics/delivery-policy.ts'
import type { SubscriptionKey } from '../../core/topics/topic.ts'
import type { TopicMessage } from '../topics/topic-message.ts'

/** What is delivered to a rule's target. */
export interface TargetContent {
  /** The rule's ARN. */
  readonly rule: string
  /** As it was when the event came. */
  readonly target: EventTarget
  readonly event: Event
  /** What the target gets of the event. */
  readonly input: string
  /** How many buses the event was on before the rule's. */
  readonly hops: number
}

/** What is delivered to a subscriber. */
export interface MessageContent {
  readonly subscription: SubscriptionKey
  readonly message: TopicMessage
  /** How it is tried again, where somebody said so; as everything else unless told. */
  readonly retry?: RetryPolicy | undefined
}

/** The question to somebody who was subscribed, and the word to somebody who is no more. */
export interface ConfirmationContent {
  readonly subscription: SubscriptionKey
  readonly messageId: string
}
