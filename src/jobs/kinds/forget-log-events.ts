import { forgetJob, forgetLogEvents } from '../../logs/forget-log-events.ts'
import type { Logs } from '../../logs/logs.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000

/** Deletes events of logs when their retention is over. */
export function forgetLogEventsKind(logs: Logs): JobKind {
  return {
    name: forgetJob.kind,
    every: hour,
    async run({ signal }) {
      await forgetLogEvents(logs, signal)
      return new Date(logs.now().getTime() + hour)
    },
  }
}
