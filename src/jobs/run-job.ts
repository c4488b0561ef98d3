import { retryDelay } from '../core/work/retry-delay.ts'
import type { Log } from '../observability/log.ts'
import type { LeasedJob } from '../stores/metadata/jobs.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { type HeldJob, LeaseLostError } from './held-job.ts'
import type { JobKind } from './job-kind.ts'

interface Workplace {
  readonly metadata: MetadataStore
  readonly now: () => Date
  readonly log: Log
}

/** Runs a job that is leased and notes how it ended: done, failed and to be run again, or stopped and given back. Never rejects. */
export async function runJob(
  workplace: Workplace,
  kind: JobKind,
  job: LeasedJob,
  held: HeldJob,
): Promise<void> {
  try {
    await attempt(workplace, kind, job, held)
  } catch (err) {
    workplace.log.error({ err, ...factsOf(job) }, 'How a job ended was not noted; it runs again')
  }
}

async function attempt(workplace: Workplace, kind: JobKind, job: LeasedJob, held: HeldJob): Promise<void> {
  const tell = (progress: unknown) => held.tell(progress)
  let again: Date | undefined
  try {
    again = await kind.run({ key: job.key, attempt: job.attempt, signal: held.signal, tell })
  } catch (error) {
    await giveUp(workplace, job, held, error)
    return
  }
  const at = workplace.now()
  const next = again ?? (kind.every === undefined ? undefined : later(at, kind.every))
  await workplace.metadata.write((tx) => tx.jobs.finish(job, { at, next, progress: held.progress }))
}

async function giveUp(
  { metadata, now, log }: Workplace,
  job: LeasedJob,
  { signal }: HeldJob,
  err: unknown,
): Promise<void> {
  if (signal.reason instanceof LeaseLostError) {
    log.warn({ err, ...factsOf(job) }, 'A job went to another worker')
  } else if (signal.aborted) {
    await metadata.write((tx) => tx.jobs.release(job, now()))
  } else {
    const next = later(now(), retryDelay(job.attempt))
    log.error({ err, ...factsOf(job), next }, 'A job failed; it runs again')
    await metadata.write((tx) => tx.jobs.fail(job, { next, error: String(err) }))
  }
}

function factsOf({ kind, key, attempt }: LeasedJob) {
  return { kind, key, attempt }
}

function later(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds)
}
