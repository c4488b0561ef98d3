import type { Log } from '../observability/log.ts'
import type { JobName, LeasedJob } from '../stores/metadata/jobs.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { Bell } from './bell.ts'
import { HeldJob } from './held-job.ts'
import type { JobKind } from './job-kind.ts'
import { runJob } from './run-job.ts'

export interface JobRunnerOptions {
  readonly metadata: MetadataStore
  readonly kinds: readonly JobKind[]
  readonly now: () => Date
  /** A new random UUID. */
  readonly newId: () => string
  readonly log: Log
  /** Milliseconds after which a job whose worker died is taken by another; 60,000 unless told. Clocks must agree to a third of it. */
  readonly leaseMs?: number
  /** Milliseconds between two looks for work; 1,000 unless told. */
  readonly pollEvery?: number
  /** Whether no other process can be at these jobs: then what is leased at the start was a dead one's, and is taken up at once. */
  readonly isAlone?: boolean
}

/** Berth stops. */
class StoppingError extends Error {
  override readonly name = 'StoppingError'
  constructor() {
    super('Berth is stopping')
  }
}

/** Runs what the `jobs` table says is due, together with any number of other processes on the same database. */
export class JobRunner implements AsyncDisposable {
  readonly #options: Required<JobRunnerOptions>
  readonly #running = new Map<HeldJob, { readonly kind: JobKind; readonly end: Promise<void> }>()
  readonly #bell = new Bell()
  #turn = Promise.resolve()
  #loop: Promise<void> | undefined
  #stopping = false

  constructor(options: JobRunnerOptions) {
    this.#options = { leaseMs: 60_000, pollEvery: 1_000, isAlone: false, ...options }
  }

  /** The names of all kinds that run here. */
  get kinds(): readonly string[] {
    return this.#options.kinds.map(({ name }) => name)
  }

  /** Looks for work from now on, until stopped. */
  start(): void {
    this.#loop ??= this.#work()
  }

  /** Has a job run as soon as a worker of any process is free; resolves when that is asked for. */
  async runSoon(name: JobName): Promise<void> {
    const { metadata, now } = this.#options
    await metadata.write((tx) => tx.jobs.add(name, now()))
    this.#bell.ring()
  }

  /** Runs all that is due now, and what becomes due by that, to its end; resolves to how many jobs that were. */
  async runDue(): Promise<number> {
    await this.#schedule()
    return this.#alone(() => this.#runAll())
  }

  /**
   * Has the time `now` tells moved while nothing runs, since a lease ends by it, and then runs all that is due; resolves to how
   * many jobs that were. It is this process's time that moves: no other may work on the same jobs.
   */
  moveTime(move: () => void): Promise<number> {
    return this.#alone(async () => {
      await this.#idle()
      move()
      return this.#runAll()
    })
  }

  /** Takes no more work, tells what runs to stop, and waits up to `graceMs` for it. What doesn't stop is taken up when its lease ends. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true
    this.#bell.ring()
    for (const held of this.#running.keys()) held.stop(new StoppingError())
    const ends = [this.#loop, ...[...this.#running.values()].map(({ end }) => end)]
    await within(graceMs, Promise.all(ends))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop(1_000)
  }

  async #work(): Promise<void> {
    const { log, pollEvery } = this.#options
    let scheduled = false
    while (!this.#stopping) {
      try {
        if (!scheduled) await this.#alone(() => this.#takeOver())
        if (!scheduled) await this.#schedule()
        scheduled = true
        await this.#alone(() => this.#takeDue())
      } catch (err) {
        log.error({ err }, 'Looking for work failed')
      }
      await this.#bell.heard(pollEvery)
    }
  }

  /** One at a time looks for work, in the order they ask. */
  #alone<Result>(look: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(look)
    this.#turn = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }

  async #runAll(): Promise<number> {
    let count = 0
    for (let begun = await this.#takeDue(); begun > 0; begun = await this.#takeDue()) {
      count += begun
      await this.#idle()
    }
    return count
  }

  async #idle(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ end }) => end))
  }

  async #takeOver(): Promise<void> {
    const { metadata, now, isAlone } = this.#options
    if (isAlone) await metadata.write((tx) => tx.jobs.releaseAll(now()))
  }

  /** What runs all the time is there from the first start on; a later start doesn't put it off. */
  async #schedule(): Promise<void> {
    const { metadata, kinds, now } = this.#options
    const periodic = kinds.filter(({ every }) => every !== undefined)
    if (periodic.length === 0) return
    await metadata.write(async (tx) => {
      for (const { name, every = 0 } of periodic)
        await tx.jobs.add({ kind: name, key: '' }, new Date(now().getTime() + every))
    })
  }

  /** Begins as much of what is due as may run at once; resolves to how many jobs that were. */
  async #takeDue(): Promise<number> {
    const { metadata, kinds, now } = this.#options
    await this.#askForWanted()
    const due = await metadata.jobs.nextDue(kinds.map(({ name }) => name))
    let begun = 0
    for (const kind of kinds) {
      const at = due.get(kind.name)
      if (at === undefined || at > now() || this.#stopping) continue
      const jobs = await this.#take(kind)
      for (const job of jobs) this.#begin(kind, job)
      begun += jobs.length
    }
    return begun
  }

  async #askForWanted(): Promise<void> {
    const { metadata, kinds, now } = this.#options
    const running = new Set([...this.#running.values()].map(({ kind }) => kind))
    for (const kind of kinds) {
      if (running.has(kind) || !(await kind.isWanted?.())) continue
      await metadata.write((tx) => tx.jobs.add({ kind: kind.name, key: '' }, now()))
    }
  }

  async #take(kind: JobKind): Promise<LeasedJob[]> {
    const { metadata, now, newId } = this.#options
    const running = [...this.#running.values()].filter((other) => other.kind === kind).length
    const limit = (kind.atOnce ?? 1) - running
    if (limit <= 0) {
      kind.makeRoom?.()
      return []
    }
    const wanted = { kind: kind.name, limit, now: now(), until: this.#leaseEnd(), lease: newId() }
    const jobs = await metadata.write((tx) => tx.jobs.take(wanted))
    // The next look tells whether more is due, for which room is to be made.
    if (jobs.length === limit && kind.makeRoom) this.#bell.ring()
    return jobs
  }

  #begin(kind: JobKind, job: LeasedJob): void {
    const { metadata, leaseMs, log } = this.#options
    const onError = (err: unknown) =>
      log.warn({ err, kind: job.kind, key: job.key }, 'A lease was not renewed')
    const until = () => this.#leaseEnd()
    const held = new HeldJob({
      metadata,
      lease: job,
      renewEvery: leaseMs / (kind.isSilent ? 6 : 60),
      until,
      onError,
    })
    const end = runJob(this.#options, kind, job, held).finally(() => {
      held[Symbol.dispose]()
      this.#running.delete(held)
      this.#bell.ring()
    })
    this.#running.set(held, { kind, end })
    if (this.#stopping) held.stop(new StoppingError())
  }

  #leaseEnd(): Date {
    const { now, leaseMs } = this.#options
    return new Date(now().getTime() + leaseMs)
  }
}

/** Waits for `work`, but no longer than so many milliseconds. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const timeUp = Promise.withResolvers<void>()
  const timer = setTimeout(timeUp.resolve, milliseconds)
  await Promise.race([work, timeUp.promise])
  clearTimeout(timer)
}
