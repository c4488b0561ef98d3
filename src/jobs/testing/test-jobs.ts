import { randomUUID } from 'node:crypto'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Log } from '../../observability/log.ts'
import type { JobState } from '../../stores/metadata/jobs.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import type { JobKind } from '../job-kind.ts'
import { JobRunner, type JobRunnerOptions } from '../job-runner.ts'

type Work = Omit<JobKind, 'name'>
type RunnerOptions = Pick<JobRunnerOptions, 'leaseMs' | 'isAlone'>

/** A runner of one kind, and what it did. */
interface TestJobs {
  readonly runner: JobRunner
  /** The keys of the jobs that began, by whichever runner. */
  readonly ran: readonly string[]
  /** Asks for a job so many milliseconds from now. */
  add(key: string, milliseconds: number): Promise<void>
  find(key: string): Promise<JobState | undefined>
}

/** Workers on a real database, at a time of the test's choosing. */
export async function openTestJobs() {
  await using opening = new AsyncDisposableStack()
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'berth-jobs-')))
  const metadata = opening.use(await openSqliteMetadata({ file: join(folder.path, 'berth.db') }))
  let time = Date.UTC(2026, 2, 1, 12)
  const complaints: string[] = []
  const ran: string[] = []
  const kind = 'test'
  const after = (milliseconds: number) => new Date(time + milliseconds)

  const makeRunner = (work: Work, options: RunnerOptions): JobRunner => {
    const run: JobKind['run'] = (job) => {
      ran.push(job.key)
      return work.run(job)
    }
    const kinds = [{ ...work, name: kind, run }]
    const log = logInto(complaints)
    return new JobRunner({ metadata, kinds, now: () => after(0), newId: randomUUID, log, ...options })
  }
  const opened = opening.move()
  return {
    kind,
    complaints,
    after,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
    async withKind(work: Work, options: RunnerOptions = {}): Promise<TestJobs> {
      return {
        runner: opened.use(makeRunner(work, options)),
        ran,
        add: (key, milliseconds) => metadata.write((tx) => tx.jobs.add({ kind, key }, after(milliseconds))),
        find: (key) => metadata.jobs.find({ kind, key }),
      }
    },
    /** A runner as in another process. */
    sameKindElsewhere: (work: Work, options: RunnerOptions = {}) => opened.use(makeRunner(work, options)),
    /** Gives a job that runs to another worker, as if its lease had run out. */
    async takeAway(key: string): Promise<void> {
      const times = { now: after(3_600_000), until: after(7_200_000) }
      await metadata.write((tx) => tx.jobs.take({ kind, limit: 1, lease: `not ${key}`, ...times }))
    },
    /** Waits until something is so. */
    async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
      while (!(await isSo())) await turnOfOthers()
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** A log of which only the complaints are kept. */
export function logInto(complaints: string[]): Log {
  const complain = (_facts: object, sentence: string) => void complaints.push(sentence)
  return { debug: () => {}, info: () => {}, warn: complain, error: complain }
}
