import type { RegistryKey } from '../names/registry-key.ts'

export interface TopicKey extends RegistryKey {
  readonly name: string
}

/** An SNS topic. */
export interface Topic extends TopicKey {
  /** What was set of it, by SNS's names, such as DisplayName; without the policy. */
  readonly attributes: Readonly<Record<string, string>>
  /** The text of its policy; the default one unless it was set. */
  readonly policy?: string | undefined
  readonly createdAt: Date
}

export type SubscriptionProtocol = 'email' | 'email-json' | 'http' | 'https' | 'sqs'

export interface SubscriptionKey {
  readonly topic: TopicKey
  /** A UUID. */
  readonly id: string
}

/** Somebody who gets a topic's messages, or was asked whether to. */
export interface Subscription extends SubscriptionKey {
  readonly protocol: SubscriptionProtocol
  readonly endpoint: string
  /** The ARN of who subscribed. */
  readonly principal: string
  /** What was set of it, by SNS's names, such as FilterPolicy. */
  readonly attributes: Readonly<Record<string, string>>
  /** Undefined until it is confirmed. */
  readonly confirmation?: 'authenticated' | 'by-link' | undefined
  /** Proves that somebody has got the question; good until its time. */
  readonly token: string
  readonly tokenUntil: Date
  /** Scheme, host and port by which the subscriber reaches this server. */
  readonly address: string
  readonly createdAt: Date
}

/** `arn:aws:sns:<region>:<account>:<name>` */
export function topicArn({ account, region, name }: TopicKey): string {
  return `arn:aws:sns:${region}:${account}:${name}`
}

/** `<topic ARN>:<id>` */
export function subscriptionArn({ topic, id }: SubscriptionKey): string {
  return `${topicArn(topic)}:${id}`
}
