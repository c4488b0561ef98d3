import type { AccountId } from '../names/account-id.ts'

/** What a rule wants to send, and where. */
export interface Sending {
  readonly action: 'sns:Publish' | 'events:PutEvents'
  /** The ARN of the topic or the bus, and whose it is. */
  readonly resource: string
  readonly owner: AccountId
  /** The ARN of the rule that sends. */
  readonly rule: string
}
