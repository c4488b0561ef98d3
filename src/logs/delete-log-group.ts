import { type LogGroupKey, logGroupArn } from '../core/log-events/log-group.ts'
import { findLogGroup } from './find-log.ts'
import { forgetJob } from './forget-log-events.ts'
import type { Logs } from './logs.ts'

/** Deletes a log group with its streams and tags; a job frees the space of its events. @throws LogResourceNotFoundError */
export async function deleteLogGroup({ metadata, now }: Logs, key: LogGroupKey): Promise<void> {
  await metadata.write(async (tx) => {
    await tx.logs.deleteGroup(await findLogGroup(tx.logs, key))
    await tx.arnTags.clear(logGroupArn(key))
    await tx.jobs.add(forgetJob, now())
  })
}
