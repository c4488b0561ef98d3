import type { LogStreamKey } from '../core/log-events/log-group.ts'
import { findLogStream } from './find-log.ts'
import { forgetJob } from './forget-log-events.ts'
import type { Logs } from './logs.ts'

/** Deletes a stream; a job frees the space of its events. @throws LogResourceNotFoundError */
export async function deleteLogStream({ metadata, now }: Logs, key: LogStreamKey): Promise<void> {
  await metadata.write(async (tx) => {
    const { stream } = await findLogStream(tx.logs, key)
    await tx.logs.deleteStream(stream)
    await tx.jobs.add(forgetJob, now())
  })
}
