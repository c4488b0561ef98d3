import { LogsParameterError } from './errors.ts'
import { eventOverhead, type LogEvent } from './log-event.ts'

const mostBytes = 1_048_576
const hour = 60 * 60 * 1000
const day = 24 * hour
const longestAhead = 2 * hour
const oldest = 14 * day

/** An event and the bytes that its message has in UTF-8. */
export interface SizedLogEvent extends LogEvent {
  readonly bytes: number
}

/** Places in the list that was given: those before an end, or from a start on, weren't taken. */
export interface RejectedLogEvents {
  readonly tooNewLogEventStartIndex?: number
  readonly tooOldLogEventEndIndex?: number
  readonly expiredLogEventEndIndex?: number
}

export interface SortedLogEvents {
  readonly accepted: readonly SizedLogEvent[]
  /** Undefined when all were taken. */
  readonly rejected?: RejectedLogEvents | undefined
}

/**
 * Says which events of a PutLogEvents request are taken: none more than two hours ahead, none of more than 14 days ago, and none that
 * the group's retention would delete at once.
 *
 * @throws LogsParameterError for events out of order, over more than a day, or of more than 1 MiB together
 * @see Amazon CloudWatch Logs API reference, PutLogEvents
 */
export function sortOutEvents(
  events: readonly SizedLogEvent[],
  { now, retentionInDays }: { readonly now: number; readonly retentionInDays?: number | undefined },
): SortedLogEvents {
  checkTogether(events)
  const tooOld = events.filter(({ timestamp }) => timestamp < now - oldest).length
  const expired = events.filter(({ timestamp }) => isExpired(timestamp, { now, retentionInDays })).length
  const inTime = events.filter(({ timestamp }) => timestamp <= now + longestAhead).length
  const accepted = events.slice(Math.max(tooOld, expired), inTime)
  if (accepted.length === events.length) return { accepted }
  return {
    accepted,
    rejected: {
      ...(inTime < events.length && { tooNewLogEventStartIndex: inTime }),
      ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
      ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    },
  }
}

/** Whether an event of this time is older than its group keeps them. */
export function isExpired(
  timestamp: number,
  { now, retentionInDays }: { readonly now: number; readonly retentionInDays?: number | undefined },
): boolean {
  return retentionInDays !== undefined && timestamp < now - retentionInDays * day
}

function checkTogether(events: readonly SizedLogEvent[]): void {
  const isInOrder = events.every(({ timestamp }, at) => timestamp >= (events[at - 1]?.timestamp ?? 0))
  if (!isInOrder) {
    throw new LogsParameterError(
      'Log events in a single PutLogEvents request must be in chronological order.',
    )
  }
  const span = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0)
  if (span > day) {
    throw new LogsParameterError(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    )
  }
  const bytes = events.reduce((sum, event) => sum + event.bytes + eventOverhead, 0)
  if (bytes > mostBytes) {
    throw new LogsParameterError(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`)
  }
}
