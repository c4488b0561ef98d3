import { logStreamNotFound } from '../core/log-events/errors.ts'
import { eventOverhead, type LogEvent } from '../core/log-events/log-event.ts'
import type { LogStreamKey } from '../core/log-events/log-group.ts'
import {
  type RejectedLogEvents,
  type SizedLogEvent,
  sortOutEvents,
} from '../core/log-events/sort-out-events.ts'
import { findLogStream } from './find-log.ts'
import type { Logs } from './logs.ts'

/**
 * Adds a client's events to a stream, all that are neither too old nor too new, in one transaction. Resolves to which weren't taken.
 *
 * @throws LogsParameterError, LogResourceNotFoundError
 */
export async function putLogEvents(
  { metadata, now }: Logs,
  key: LogStreamKey,
  events: readonly LogEvent[],
): Promise<RejectedLogEvents | undefined> {
  const sized = events.map((event) => ({ ...event, bytes: Buffer.byteLength(event.message) }))
  return metadata.write(async (tx) => {
    const { group, stream } = await findLogStream(tx.logs, key)
    const at = now()
    const { retentionInDays } = group
    const { accepted, rejected } = sortOutEvents(sized, { now: at.getTime(), retentionInDays })
    if (accepted.length > 0) {
      const isThere = await tx.logs.append(stream, { events: accepted, bytes: bytesOf(accepted), at })
      if (!isThere) throw logStreamNotFound()
    }
    return rejected
  })
}

function bytesOf(events: readonly SizedLogEvent[]): number {
  return events.reduce((sum, { bytes }) => sum + bytes + eventOverhead, 0)
}
