import { checkRetention, type LogGroupKey } from '../core/log-events/log-group.ts'
import { findLogGroup } from './find-log.ts'
import { forgetJob } from './forget-log-events.ts'
import type { Logs } from './logs.ts'

/**
 * Says how many days a log group keeps its events, for ever without any; a job deletes what is older.
 *
 * @throws LogsParameterError, LogResourceNotFoundError
 */
export async function putRetention(
  { metadata, now }: Logs,
  key: LogGroupKey,
  days: number | undefined,
): Promise<void> {
  if (days !== undefined) checkRetention(days)
  await metadata.write(async (tx) => {
    await tx.logs.setRetention(await findLogGroup(tx.logs, key), days)
    await tx.jobs.add(forgetJob, now())
  })
}
