import { garbageJob } from '../../core/work/job-names.ts'
import { isGarbageProgress } from '../../registry/collect-garbage.ts'
import type { BerthAction } from './berth-action.ts'
import { jobStatus } from './job-status.ts'
import { onServer } from './permissions.ts'

/** How far garbage collection is, and what it removed last. */
export const describeGarbageCollection: BerthAction<'DescribeGarbageCollection'> = {
  operation: 'DescribeGarbageCollection',
  permissions: onServer('berth:DescribeGarbageCollection'),
  async run(_input, _call, { registry }) {
    const job = await registry.metadata.jobs.find(garbageJob)
    if (job === undefined) return { status: 'IDLE' }
    const { progress, finishedAt, lastError } = job
    return {
      status: jobStatus(job, registry.now()),
      nextRunAt: job.isRunning ? undefined : job.dueAt,
      finishedAt,
      lastError,
      progress: isGarbageProgress(progress) ? progress : undefined,
    }
  },
}
