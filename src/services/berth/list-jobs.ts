import type { JobName, JobState } from '../../stores/metadata/jobs.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { jobStatus } from './job-status.ts'
import { onServer } from './permissions.ts'
import type { Job } from './shapes.ts'

const defaultPageSize = 100

/** The work that runs by itself, and how each piece of it stands. */
export const listJobs: BerthAction<'ListJobs'> = {
  operation: 'ListJobs',
  permissions: onServer('berth:ListJobs'),
  async run({ kind, maxResults }, call, { registry, jobKinds }) {
    const after = readPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.jobs.list({ kind, after, limit }),
      positionOf: ({ kind: lastKind, key }) => [lastKind, key],
    })
    const now = registry.now()
    return { jobs: rows.map((job) => toShape(job, now)), kinds: jobKinds, nextToken }
  },
}

/** @throws InvalidParameterError at `nextToken` */
function readPosition({ position }: Pages): JobName | undefined {
  if (position === undefined) return undefined
  const [kind, key]: unknown[] = Array.isArray(position) ? position : []
  if (typeof kind === 'string' && typeof key === 'string') return { kind, key }
  throw invalidNextToken()
}

function toShape(job: JobState, now: Date): Job {
  const { kind, key, attempts, finishedAt, lastError } = job
  const nextRunAt = job.isRunning ? undefined : job.dueAt
  return { kind, key, status: jobStatus(job, now), nextRunAt, attempts, finishedAt, lastError }
}
