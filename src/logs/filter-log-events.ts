import { logStreamNotFound } from '../core/log-events/errors.ts'
import type { LogPosition, StoredLogEvent } from '../core/log-events/log-event.ts'
import type { LogGroup, LogGroupKey } from '../core/log-events/log-group.ts'
import { parseLogFilter } from '../core/log-filters/parse-log-filter.ts'
import type { LogReader, LogScope } from '../stores/metadata/logs.ts'
import { findLogGroup } from './find-log.ts'
import type { Logs } from './logs.ts'
import { bytesOf, mostBytes, positionOf, readAtOnce } from './read-log-events.ts'

/** Events that one request looks at, whether or not they fit. */
const mostLookedAt = 10_000
/** Their bytes: what looks through them takes its time. */
const mostBytesLookedAt = 32 * 1024 * 1024

/** Which events of a group are looked for. */
export interface LogSearch {
  /** Streams by name; all unless told. */
  readonly streams?: readonly string[] | undefined
  readonly streamPrefix?: string | undefined
  readonly from?: number | undefined
  /** Not in it. */
  readonly to?: number | undefined
  /** A filter pattern. */
  readonly pattern?: string | undefined
  /** Where the page before ended. */
  readonly after?: LogPosition | undefined
  readonly limit: number
}

/** What a request has found; it may be nothing though there is more to look at. */
export interface FoundLogEvents {
  readonly events: readonly StoredLogEvent[]
  /** Where to go on; undefined when everything was looked at. */
  readonly position?: LogPosition | undefined
}

/**
 * Looks for events in a group, in the order of time, until so many are found, they have 1 MiB, or 10,000 were looked at.
 *
 * @throws LogsParameterError for a filter pattern that can't be read
 * @throws LogResourceNotFoundError for the group, and for a stream that is named
 */
export async function filterLogEvents(
  { metadata: { logs } }: Logs,
  key: LogGroupKey,
  search: LogSearch,
): Promise<FoundLogEvents> {
  const fits = parseLogFilter(search.pattern ?? '')
  const scope = await scopeOf(logs, await findLogGroup(logs, key), search.streams)
  const events: StoredLogEvent[] = []
  let position = search.after
  let bytes = 0
  let looked = 0
  for (let seen = 0; seen < mostLookedAt; seen += readAtOnce) {
    const { from, to } = search
    const page = await logs.events(scope, { from, to, after: position, order: 'forward', limit: readAtOnce })
    for (const event of page) {
      if (isOfStreams(event, search) && fits(event.message)) {
        bytes += bytesOf(event)
        const isFull = events.length === search.limit || bytes > mostBytes
        if (isFull && events.length > 0) return { events, position }
        events.push(event)
      }
      position = positionOf(event)
      looked += bytesOf(event)
    }
    if (page.length < readAtOnce) return { events }
    if (looked >= mostBytesLookedAt) break
  }
  return { events, position }
}

/** One stream alone is read by itself; of several, those of others in the group are passed over. */
async function scopeOf(logs: LogReader, group: LogGroup, names: readonly string[] = []): Promise<LogScope> {
  for (const name of names) {
    const stream = await logs.stream(group, name)
    if (stream === undefined) throw logStreamNotFound()
    if (names.length === 1) return { stream }
  }
  return { group }
}

function isOfStreams({ stream }: StoredLogEvent, { streams, streamPrefix = '' }: LogSearch): boolean {
  return stream.startsWith(streamPrefix) && (streams === undefined || streams.includes(stream))
}
