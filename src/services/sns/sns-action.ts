import type { Messaging } from '../../messaging/messaging.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What SNS's actions work with. */
export interface SnsContext {
  readonly messaging: Messaging
}

/** One operation of SNS's API, in the official client's types. */
export type SnsAction<Request, Response> = Action<SnsContext, Checked<Request>, Response>
