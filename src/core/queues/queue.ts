import { isAccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import type { QueueAttributes } from './queue-attributes.ts'

export interface QueueKey extends RegistryKey {
  readonly name: string
}

/** A standard queue of SQS. */
export interface Queue extends QueueKey {
  readonly id: number
  /** What was set of it; the rest is as SQS has it by itself. */
  readonly attributes: QueueAttributes
  readonly createdAt: Date
  readonly changedAt: Date
}

/** `arn:aws:sqs:<region>:<account>:<name>` */
export function queueArn({ account, region, name }: QueueKey): string {
  return `arn:aws:sqs:${region}:${account}:${name}`
}

/** The queue that an ARN names, or undefined for any other text. */
export function parseQueueArn(text: string): QueueKey | undefined {
  const [, region = '', account = '', name = ''] =
    /^arn:aws:sqs:([^:]*):([^:]*):([A-Za-z0-9_-]{1,80})$/.exec(text) ?? []
  return isRegion(region) && isAccountId(account) ? { account, region, name } : undefined
}

/** A message on its way into a queue. */
export interface NewQueueMessage {
  /** A UUID. */
  readonly messageId: string
  readonly body: string
  readonly attributes: QueueMessageAttributes
  /** Who sent it: an account or a service. */
  readonly sender: string
  readonly sentAt: Date
  /** When it can be received at the earliest. */
  readonly visibleAt: Date
}

/** By name; bytes in base64. */
export type QueueMessageAttributes = Readonly<
  Record<string, { readonly DataType: string; readonly Value: string }>
>

/** A message as somebody has received it. */
export interface QueueMessage extends NewQueueMessage {
  readonly id: number
  /** How often it was received, this time included. */
  readonly receives: number
  readonly firstReceivedAt: Date
  /** Proves that somebody has received it, the last time. */
  readonly handle: string
  /** The ARN of the queue that it was moved from, since nobody there could do anything with it. */
  readonly source?: string | undefined
}
