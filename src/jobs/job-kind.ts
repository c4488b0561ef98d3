/** What a job is given to run with. */
export interface JobRun {
  /** Says what to do it to; empty where there is only one of its kind. */
  readonly key: string
  /** 1 for the first try, one more for each since it last succeeded. */
  readonly attempt: number
  /** Aborted when Berth stops, or when another worker has the job by now: then reject, with the signal's reason. */
  readonly signal: AbortSignal
  /** Lets others see how far it is, as JSON. Costs nothing: it is written from time to time, and at the end. */
  tell(progress: unknown): void
}

/**
 * One kind of work that runs by itself. Several processes share the work, any of them may be killed, so a job must bear being
 * run twice, even at once.
 *
 * A new kind is a file in `kinds/` and a line in `all-kinds.ts`.
 */
export interface JobKind {
  /** Stored with each job, so it stays as it is: `collect-garbage`. */
  readonly name: string
  /** Milliseconds from one end to the next beginning, for what runs all the time under the empty key. */
  readonly every?: number
  /** Whether there is work though nobody added a job: asked at each look for work, and then a job with the empty key is added. */
  isWanted?(): Promise<boolean>
  /** How many of the kind one process runs at once; one unless told. */
  readonly atOnce?: number
  /** Told when more is due than may run at once, so that what only waits can be cut short. */
  makeRoom?(): void
  /** Whether it never tells how far it is, so that its lease needs renewing less often: for what runs by the hundred. */
  readonly isSilent?: boolean
  /**
   * Does the work. When it rejects, the job runs again after a while (`core/work/retry-delay.ts`). Resolves to the time to run
   * again, if there is one.
   */
  run(job: JobRun): Promise<Date | undefined>
}
