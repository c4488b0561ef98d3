import { LogResourceExistsError } from '../core/log-events/errors.ts'
import type { LogStreamKey } from '../core/log-events/log-group.ts'
import { findLogGroup } from './find-log.ts'
import type { Logs } from './logs.ts'

/** Makes a stream of a log group. @throws LogResourceNotFoundError, LogResourceExistsError */
export async function createLogStream(
  { metadata, now }: Logs,
  { group: key, name }: LogStreamKey,
): Promise<void> {
  await metadata.write(async (tx) => {
    const group = await findLogGroup(tx.logs, key)
    const isNew = await tx.logs.addStream(group, { name, createdAt: now() })
    if (!isNew) throw new LogResourceExistsError('stream')
  })
}
