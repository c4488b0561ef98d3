import type { LogStreamKey } from '../core/log-events/log-group.ts'
import type { Logs } from '../logs/logs.ts'
import { positionOf, readLogEvents } from '../logs/read-log-events.ts'
import { splitMessage } from '../logs/split-message.ts'
import type { LogLine } from './engine.ts'

/** Milliseconds; more than the lines of one container are out of order by, and than any engine's time is coarse. */
const overlap = 2_000
const mostEvents = 10_000

/**
 * The lines of a container that its stream has not yet. They are asked for again from before the last that it has, and those that are there
 * are passed over: a Docker Engine keeps what comes by two outputs not quite in the order of its times, and Podman tells times in seconds.
 *
 * @param until the time of the latest line that is there, as the engine tells it; undefined before the first
 * @param read reads the lines that came later than a time
 * @throws LogResourceNotFoundError
 */
export async function* unshippedLines(
  logs: Logs,
  stream: LogStreamKey,
  until: string | undefined,
  read: (after: string | undefined) => AsyncIterable<LogLine>,
): AsyncGenerator<LogLine> {
  if (until === undefined) return yield* read(undefined)
  const from = Date.parse(until) - overlap
  const shipped = await countShipped(logs, stream, from)
  for await (const line of read(new Date(from).toISOString().replace('Z', '000000Z'))) {
    const key = keyOf(Date.parse(line.at), splitMessage(line.message)[0])
    const count = shipped.get(key) ?? 0
    if (count > 0) shipped.set(key, count - 1)
    else yield line
  }
}

/** How often each line is there. */
async function countShipped(logs: Logs, stream: LogStreamKey, from: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  let position: ReturnType<typeof positionOf>
  do {
    const page = await readLogEvents(logs, stream, { from, position, order: 'forward', limit: mostEvents })
    position = positionOf(page.at(-1))
    for (const { timestamp, message } of page) {
      const key = keyOf(timestamp, message)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  } while (position !== undefined)
  return counts
}

function keyOf(timestamp: number, message = ''): string {
  return `${timestamp} ${message}`
}
