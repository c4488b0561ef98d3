import type { LogStreamKey } from '../core/log-events/log-group.ts'
import { findLogGroup } from './find-log.ts'
import type { Logs } from './logs.ts'

/**
 * Has a stream be there, to be written to by this server itself: makes it unless it is there, and its group too where that is asked for.
 * Does nothing the second time.
 *
 * @throws LogResourceNotFoundError when there is no such group, and none is to be made
 */
export async function openLogStream(
  { metadata, now }: Logs,
  { group: key, name }: LogStreamKey,
  missingGroup: 'make' | 'refuse' = 'refuse',
): Promise<void> {
  await metadata.write(async (tx) => {
    const createdAt = now()
    if (missingGroup === 'make') await tx.logs.addGroup({ ...key, createdAt })
    await tx.logs.addStream(await findLogGroup(tx.logs, key), { name, createdAt })
  })
}
