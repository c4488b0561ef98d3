/** How long, in milliseconds, what asks for tasks waits for it: a mark takes five seconds after its machine was started, and an engine may be slow. */
const patience = 15_000

/**
 * The first look at the tasks that Berth had when it began. Until it is over nobody knows which of them still run, and what is told of them is
 * what was so when Berth ended.
 */
export class FirstLook {
  readonly #end = Promise.withResolvers<void>()
  #wait: Promise<void> = Promise.resolve()
  #isOver = true

  get isOver(): boolean {
    return this.#isOver
  }

  /** There is something to look at. */
  begin(patienceMs = patience): void {
    this.#isOver = false
    const timeUp = setTimeout(this.#end.resolve, patienceMs).unref()
    this.#wait = this.#end.promise.finally(() => clearTimeout(timeUp))
  }

  /** All has been looked at. */
  end(): void {
    this.#isOver = true
    this.#end.resolve()
  }

  /** Resolves when it is over, or hasn't been in the time that it is given. */
  wait(): Promise<void> {
    return this.#wait
  }
}
