/** What must work for requests to be answered. Rejects with an error whose message is the reason. */
export type Check = () => Promise<unknown>

export interface ReadinessReport {
  readonly ready: boolean
  /** Each check by its name: `ok`, or why not. */
  readonly checks: Readonly<Record<string, string>>
}

/** Milliseconds. */
export interface ReadinessTimes {
  /** A check that takes longer has failed. */
  readonly slowest: number
  /** How long a report is good for. */
  readonly fresh: number
}

const usualTimes: ReadinessTimes = { slowest: 5_000, fresh: 1_000 }

/**
 * Whether Berth can do its work now. Checks are done at most once a second, however often anybody asks, and one that takes
 * longer than five seconds has failed. One that hangs isn't started again until it returns: each would hold another thread of
 * the few that all files share.
 */
export class Readiness {
  readonly #checks: ReadonlyMap<string, Check>
  readonly #onFailure: (name: string, error: unknown) => void
  readonly #times: ReadinessTimes
  readonly #running = new Set<string>()
  #isStopping = false
  #latest: Promise<ReadinessReport> | undefined
  /** When the latest report was complete; undefined while it isn't. */
  #completedAt: number | undefined

  constructor(
    checks: ReadonlyMap<string, Check>,
    /** Hears the whole error, of which only its kind is told to whoever asks. */
    onFailure: (name: string, error: unknown) => void,
    times: ReadinessTimes = usualTimes,
  ) {
    this.#checks = checks
    this.#times = times
    this.#onFailure = onFailure
  }

  /** From now on the answer is no. */
  stopping(): void {
    this.#isStopping = true
  }

  async report(): Promise<ReadinessReport> {
    const { ready, checks } = await this.#recentReport()
    if (!this.#isStopping) return { ready, checks }
    return { ready: false, checks: { ...checks, server: 'it is stopping' } }
  }

  #recentReport(): Promise<ReadinessReport> {
    const isRunning = this.#completedAt === undefined
    const isFresh = isRunning || performance.now() - Number(this.#completedAt) <= this.#times.fresh
    if (this.#latest === undefined || !isFresh) this.#latest = this.#check()
    return this.#latest
  }

  async #check(): Promise<ReadinessReport> {
    this.#completedAt = undefined
    const results = await Promise.all([...this.#checks].map((check) => this.#resultOf(check)))
    this.#completedAt = performance.now()
    return {
      ready: results.every(([, result]) => result === 'ok'),
      checks: { ...Object.fromEntries(results), server: 'ok' },
    }
  }

  async #resultOf([name, check]: readonly [string, Check]): Promise<readonly [string, string]> {
    if (this.#running.has(name)) return [name, 'it still has no answer; the log says more']
    const late = Promise.withResolvers<never>()
    const { slowest } = this.#times
    const timer = setTimeout(() => late.reject(new Error(`no answer in ${slowest / 1000} seconds`)), slowest)
    try {
      await Promise.race([this.#run(name, check), late.promise])
      return [name, 'ok']
    } catch (error) {
      this.#onFailure(name, error)
      return [name, reasonOf(error)]
    } finally {
      clearTimeout(timer)
    }
  }

  async #run(name: string, check: Check): Promise<void> {
    this.#running.add(name)
    try {
      await check()
    } finally {
      this.#running.delete(name)
    }
  }
}

/** A system error's code says enough to act on; its message has paths and hosts in it. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error)
    return `it fails with ${String(error.code)}; the log says more`
  return 'it fails; the log says why'
}
