import type { AccountId } from '../names/account-id.ts'

/** One of AWS's services that sends by itself, and what it does it for. */
export interface SendingService {
  readonly service: 'events.amazonaws.com' | 'sns.amazonaws.com'
  /** The ARN of the rule or the topic. */
  readonly source: string
}

/** What a service wants to send, and where. */
export interface Sending {
  readonly action: 'sns:Publish' | 'events:PutEvents' | 'sqs:SendMessage'
  /** The ARN of the topic, the bus or the queue, and whose it is. */
  readonly resource: string
  readonly owner: AccountId
  readonly sender: SendingService
}
