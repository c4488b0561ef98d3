import type { Messaging } from '../../messaging/messaging.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What SQS's actions work with. */
export interface SqsContext {
  readonly messaging: Messaging
}

/** One operation of SQS's API, in the official client's types. */
export type SqsAction<Request, Response> = Action<SqsContext, Checked<Request>, Response>
