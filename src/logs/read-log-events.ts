import { eventOverhead, type LogPosition, type StoredLogEvent } from '../core/log-events/log-event.ts'
import type { LogStreamKey } from '../core/log-events/log-group.ts'
import type { LogEventPage } from '../stores/metadata/logs.ts'
import { findLogStream } from './find-log.ts'
import type { Logs } from './logs.ts'

/** Bytes that one answer has at the most. @see Amazon CloudWatch Logs API reference, GetLogEvents: 1 MB */
export const mostBytes = 1_048_576
/** Few enough that long messages don't fill the memory. */
export const readAtOnce = 100

/** Events of one stream, from a place on in one direction. */
export interface LogEventQuery {
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Where the page before ended, in the query's direction. */
  readonly position?: LogPosition | undefined
  readonly order: 'forward' | 'backward'
  readonly limit: number
}

/** The next events in a direction, at most 1 MiB of them, in the order of time. @throws LogResourceNotFoundError */
export async function readLogEvents(
  { metadata }: Logs,
  key: LogStreamKey,
  { position, limit, ...query }: LogEventQuery,
): Promise<StoredLogEvent[]> {
  const { stream } = await findLogStream(metadata.logs, key)
  const found: StoredLogEvent[] = []
  let bytes = 0
  let page: StoredLogEvent[]
  do {
    const size = Math.min(readAtOnce, limit - found.length)
    page = await metadata.logs.events(
      { stream },
      { ...query, ...beyond(query.order, positionOf(found.at(-1)) ?? position), limit: size },
    )
    for (const event of page) {
      bytes += bytesOf(event)
      if (bytes > mostBytes && found.length > 0) return inOrder(found, query.order)
      found.push(event)
    }
  } while (page.length === readAtOnce && found.length < limit)
  return inOrder(found, query.order)
}

/** What an event counts for. */
export function bytesOf({ message }: StoredLogEvent): number {
  return Buffer.byteLength(message) + eventOverhead
}

export function positionOf(event: StoredLogEvent | undefined): LogPosition | undefined {
  return event && { timestamp: event.timestamp, id: event.id }
}

function beyond(order: 'forward' | 'backward', position: LogPosition | undefined): Partial<LogEventPage> {
  return order === 'forward' ? { after: position } : { before: position }
}

function inOrder(events: StoredLogEvent[], order: 'forward' | 'backward'): StoredLogEvent[] {
  return order === 'forward' ? events : events.toReversed()
}
