import { isAdvisoryProgress, updateJobKind } from '../../core/scanning/advisory-update.ts'
import type { JobState } from '../../stores/metadata/jobs.ts'
import type { BerthAction } from './berth-action.ts'
import { jobStatus } from './job-status.ts'
import { onServer } from './permissions.ts'
import type { AdvisoryUpdate } from './shapes.ts'

/** More ecosystems than OSV has. */
const mostUpdates = 1_000

/** Which advisories scans go by, and how far their updates are. */
export const describeAdvisories: BerthAction<'DescribeAdvisories'> = {
  operation: 'DescribeAdvisories',
  permissions: onServer('berth:DescribeAdvisories'),
  async run(_input, _call, { registry }) {
    const { metadata } = registry
    const feeds = await metadata.advisories.feeds()
    const counts = await Promise.all(feeds.map(({ ecosystem }) => metadata.advisories.count(ecosystem)))
    const jobs = await metadata.jobs.list({ kind: updateJobKind, limit: mostUpdates })
    return {
      feeds: feeds.map((feed, at) => ({ ...feed, advisoryCount: counts[at] ?? 0 })),
      updates: jobs.map((job) => toShape(job, registry.now())),
    }
  },
}

function toShape(job: JobState, now: Date): AdvisoryUpdate {
  const { key, isRunning, dueAt, finishedAt, lastError, progress } = job
  return {
    ecosystem: key,
    status: jobStatus(job, now),
    nextRunAt: isRunning ? undefined : dueAt,
    finishedAt,
    lastError,
    progress: isAdvisoryProgress(progress) ? progress : undefined,
  }
}
