import { logStreamNotFound } from '../core/log-events/errors.ts'
import { eventOverhead, type LogEvent } from '../core/log-events/log-event.ts'
import type { LogStreamKey } from '../core/log-events/log-group.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { findLogGroup } from './find-log.ts'
import { splitMessage } from './split-message.ts'

/**
 * Adds one event to a stream, which is made unless it is there, in the caller's transaction.
 *
 * @throws LogResourceNotFoundError for the group
 */
export async function writeLogEvent(
  tx: MetadataTransaction,
  { group: key, name }: LogStreamKey,
  { timestamp, message }: LogEvent,
  at: Date,
): Promise<void> {
  const group = await findLogGroup(tx.logs, key)
  await tx.logs.addStream(group, { name, createdAt: at })
  const stream = await tx.logs.stream(group, name)
  const events = splitMessage(message).map((piece) => ({ timestamp, message: piece }))
  const bytes = Buffer.byteLength(message) + events.length * eventOverhead
  const isThere = stream !== undefined && (await tx.logs.append(stream, { events, bytes, at }))
  if (!isThere) throw logStreamNotFound()
}
