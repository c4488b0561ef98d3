import { logStreamNotFound } from '../core/log-events/errors.ts'
import { eventOverhead, type LogEvent } from '../core/log-events/log-event.ts'
import type { LogStreamKey } from '../core/log-events/log-group.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { findLogStream } from './find-log.ts'
import type { Logs } from './logs.ts'
import { splitMessage } from './split-message.ts'

/** What is added at once, at the most: as much as a client may put. @see Amazon CloudWatch Logs API reference, PutLogEvents */
export const mostAtOnce = { events: 10_000, bytes: 1_048_576 }

interface Batch {
  readonly events: readonly LogEvent[]
  readonly bytes: number
}

/**
 * Adds to a stream what this server itself has to say: the output of a task's container, an event that a rule sends. In any number, order
 * and age; a message over 256 KiB becomes several events, an empty one none. Durable when it resolves; when it rejects, an
 * unknown part of what comes first is there.
 *
 * @param alongside what is written in the transaction of each batch, or rejects to have it not be there; what fits `mostAtOnce` is one batch
 * @throws LogResourceNotFoundError when the group or the stream isn't there, or is no more: see `openLogStream`
 */
export async function appendLogEvents(
  { metadata, now }: Logs,
  key: LogStreamKey,
  events: Iterable<LogEvent>,
  alongside: (tx: MetadataTransaction) => Promise<void> = async () => undefined,
): Promise<void> {
  for (const batch of batchesOf(events)) {
    await metadata.write(async (tx) => {
      const { stream } = await findLogStream(tx.logs, key)
      if (!(await tx.logs.append(stream, { ...batch, at: now() }))) throw logStreamNotFound()
      await alongside(tx)
    })
  }
}

/** What a message counts for, in the events that it becomes. */
export function bytesOfMessage(message: string): number {
  return Buffer.byteLength(message) + splitMessage(message).length * eventOverhead
}

function* batchesOf(all: Iterable<LogEvent>): Generator<Batch> {
  let events: LogEvent[] = []
  let bytes = 0
  for (const event of piecesOf(all)) {
    const size = Buffer.byteLength(event.message) + eventOverhead
    if (events.length === mostAtOnce.events || (events.length > 0 && bytes + size > mostAtOnce.bytes)) {
      yield { events, bytes }
      events = []
      bytes = 0
    }
    events.push(event)
    bytes += size
  }
  if (events.length > 0) yield { events, bytes }
}

function* piecesOf(events: Iterable<LogEvent>): Generator<LogEvent> {
  for (const { timestamp, message } of events) {
    for (const piece of splitMessage(message)) yield { timestamp, message: piece }
  }
}
