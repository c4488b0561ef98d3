/** What must work for requests to be answered. Rejects with an error whose message is the reason. */
export type Check = () => Promise<unknown>

export interface ReadinessReport {
  readonly ready: boolean
  /** Each check by its name: `ok`, or why not. */
  readonly checks: Readonly<Record<string, string>>
}

const slowest = 5_000
const freshMs = 1_000

/**
 * Whether Berth can do its work now. Checks are done at most once a second, however often anybody asks, and one that takes
 * longer than five seconds has failed.
 */
export class Readiness {
  readonly #checks: ReadonlyMap<string, Check>
  readonly #onFailure: (name: string, error: unknown) => void
  #isStopping = false
  #latest: { readonly at: number; readonly report: Promise<ReadinessReport> } | undefined

  constructor(
    checks: ReadonlyMap<string, Check>,
    /** Hears the whole error, of which only its kind is told to whoever asks. */
    onFailure: (name: string, error: unknown) => void,
  ) {
    this.#checks = checks
    this.#onFailure = onFailure
  }

  /** From now on the answer is no. */
  stopping(): void {
    this.#isStopping = true
  }

  async report(): Promise<ReadinessReport> {
    if (this.#latest === undefined || performance.now() - this.#latest.at > freshMs)
      this.#latest = { at: performance.now(), report: this.#check() }
    const { ready, checks } = await this.#latest.report
    if (!this.#isStopping) return { ready, checks }
    return { ready: false, checks: { ...checks, server: 'it is stopping' } }
  }

  async #check(): Promise<ReadinessReport> {
    const results = await Promise.all([...this.#checks].map((check) => this.#resultOf(check)))
    return {
      ready: results.every(([, result]) => result === 'ok'),
      checks: { ...Object.fromEntries(results), server: 'ok' },
    }
  }

  async #resultOf([name, check]: readonly [string, Check]): Promise<readonly [string, string]> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => late.reject(new Error(`no answer in ${slowest / 1000} seconds`)), slowest)
    try {
      await Promise.race([check(), late.promise])
      return [name, 'ok']
    } catch (error) {
      this.#onFailure(name, error)
      return [name, reasonOf(error)]
    } finally {
      clearTimeout(timer)
    }
  }
}

/** A system error's code says enough to act on; its message has paths and hosts in it. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error)
    return `it fails with ${String(error.code)}; the log says more`
  return 'it fails; the log says why'
}
