import type { JobState } from '../../stores/metadata/jobs.ts'
import type { JobStatus } from './shapes.ts'

/** Whether a job runs, waits for a free worker, or for its time. */
export function jobStatus({ isRunning, dueAt }: JobState, now: Date): JobStatus {
  if (isRunning) return 'RUNNING'
  return dueAt <= now ? 'DUE' : 'IDLE'
}
