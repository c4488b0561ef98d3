/** Something under way for a task. */
interface Errand {
  readonly task: string
  readonly kind: string
  readonly abort: AbortController
}

/**
 * What takes long and is done beside the jobs, so that no task that pulls or stops holds up others: of one name there is one errand at
 * a time in this process. What a killed process was at is begun again by who looks next.
 */
export class Errands {
  readonly #running = new Map<string, Errand>()

  /**
   * Begins an errand unless one of its name is under way.
   *
   * @param work must not reject; resolves to whether it has done what it was to do
   * @param whenDone told that when it has ended
   */
  begin(
    { task, kind, name }: { readonly task: string; readonly kind: string; readonly name: string },
    work: (signal: AbortSignal) => Promise<boolean>,
    whenDone: (isDone: boolean) => void,
  ): void {
    const key = `${task} ${kind} ${name}`
    if (this.#running.has(key)) return
    const abort = new AbortController()
    this.#running.set(key, { task, kind, abort })
    void work(abort.signal).then((isDone) => {
      this.#running.delete(key)
      whenDone(isDone)
    })
  }

  /** Whether any errand of these kinds is under way for a task. */
  isBusy(task: string, kinds: readonly string[]): boolean {
    return this.#of(task, kinds).length > 0
  }

  /** Whether any errand is under way for a task. */
  isAny(task: string): boolean {
    return [...this.#running.values()].some((one) => one.task === task)
  }

  /** Tells those of these kinds to give up. */
  abort(task: string, kinds: readonly string[]): void {
    for (const { abort } of this.#of(task, kinds)) abort.abort()
  }

  #of(task: string, kinds: readonly string[]): Errand[] {
    return [...this.#running.values()].filter((one) => one.task === task && kinds.includes(one.kind))
  }
}
