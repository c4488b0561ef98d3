import type { Messaging } from '../../messaging/messaging.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What EventBridge's actions work with. */
export interface EventsContext {
  readonly messaging: Messaging
}

/** One operation of EventBridge's API, in the official client's types. */
export type EventsAction<Request, Response> = Action<EventsContext, Checked<Request>, Response>
