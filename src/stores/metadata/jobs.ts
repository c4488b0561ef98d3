/** Some work that runs by itself: `kind` says what is done, `key` to what. There is at most one job of each name. */
export interface JobName {
  readonly kind: string
  /** Empty where there is only one of its kind. */
  readonly key: string
}

/** The right of one worker to run a job, until it runs out, is given back or isn't renewed. */
export interface JobLease extends JobName {
  /** Different for each time a job is taken. */
  readonly lease: string
}

export interface LeasedJob extends JobLease {
  /** 1 for the first try, one more for each since the job last succeeded. */
  readonly attempt: number
}

/** A job as anyone may see it. */
export interface JobState extends JobName {
  /** When a worker may take it next; while it runs, when its lease ends. */
  readonly dueAt: Date
  readonly isRunning: boolean
  /** How often it was taken since it last succeeded. */
  readonly attempts: number
  /** What the latest run tells of itself, as it came from JSON. */
  readonly progress?: unknown
  /** When it last succeeded. */
  readonly finishedAt?: Date
  /** Why it last failed, until it succeeds. */
  readonly lastError?: string
}

export interface JobReader {
  find(name: JobName): Promise<JobState | undefined>
  /** Jobs by kind and key, of one kind or of all, those after a name. */
  list(page: {
    readonly kind?: string | undefined
    readonly after?: JobName | undefined
    readonly limit: number
  }): Promise<JobState[]>
  /** When the first job of each of these kinds may be taken; a kind without jobs has no entry. */
  nextDue(kinds: readonly string[]): Promise<ReadonlyMap<string, Date>>
}

/** Each of these is short; a job runs between two transactions, never inside one. */
export interface JobWriter {
  /**
   * Asks for a job to run at a time or soon after. Asked for already, it runs once, at the earliest of the times; asked for
   * while it runs, it runs once more. In the transaction that causes the work, so that neither is there without the other.
   */
  add(name: JobName, at: Date): Promise<void>
  /**
   * Takes up to `limit` jobs that are due, the longest due first, so that no other worker has them until `until`. A job
   * whose worker died is due again when its lease has run out.
   */
  take(wanted: {
    readonly kind: string
    readonly limit: number
    readonly now: Date
    readonly until: Date
    readonly lease: string
  }): Promise<LeasedJob[]>
  /** Keeps a job until a later time, and its progress if there is any to tell. False when another may have it by now. */
  renew(
    lease: JobLease,
    renewal: { readonly until: Date; readonly progress?: unknown | undefined },
  ): Promise<boolean>
  /** Notes a success. The job is gone unless it has a `next` time or was asked for meanwhile. False when the lease was lost. */
  finish(
    lease: JobLease,
    success: {
      readonly at: Date
      readonly next?: Date | undefined
      readonly progress?: unknown | undefined
    },
  ): Promise<boolean>
  /** Notes a failure and gives the job back, for `next` or the earlier time it was asked for. False when the lease was lost. */
  fail(lease: JobLease, failure: { readonly next: Date; readonly error: string }): Promise<boolean>
  /** Takes back all that was asked of a kind; what runs goes on to its end. */
  deleteKind(kind: string): Promise<void>
  /** Gives back every job that anybody has: for a process that knows itself alone. */
  releaseAll(at: Date): Promise<void>
  /** Gives back a job that was stopped in the middle, as if it hadn't been taken. False when the lease was lost. */
  release(lease: JobLease, at: Date): Promise<boolean>
}
