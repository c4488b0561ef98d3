import type { Logs } from '../../logs/logs.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What CloudWatch Logs' actions work with. */
export interface LogsContext {
  readonly logs: Logs
}

/** One operation of CloudWatch Logs' API, in the official client's types. */
export type LogsAction<Request, Response> = Action<LogsContext, Checked<Request>, Response>
