import { logGroupNotFound, logStreamNotFound } from '../core/log-events/errors.ts'
import type { LogGroup, LogGroupKey, LogStreamKey } from '../core/log-events/log-group.ts'
import type { LogReader, LogStream } from '../stores/metadata/logs.ts'

/** @throws LogResourceNotFoundError */
export async function findLogGroup(logs: LogReader, key: LogGroupKey): Promise<LogGroup> {
  const group = await logs.group(key)
  if (group === undefined) throw logGroupNotFound()
  return group
}

/** A stream with the group it is of. @throws LogResourceNotFoundError for either */
export async function findLogStream(
  logs: LogReader,
  { group: key, name }: LogStreamKey,
): Promise<{ readonly group: LogGroup; readonly stream: LogStream }> {
  const group = await findLogGroup(logs, key)
  const stream = await logs.stream(group, name)
  if (stream === undefined) throw logStreamNotFound()
  return { group, stream }
}
