/** A server's time: the system's, until a test moves it forward. It never goes back while the server runs. */
export class Clock {
  #ahead = 0

  readonly now = (): Date => new Date(Date.now() + this.#ahead)

  /** Milliseconds since the true time. */
  get ahead(): number {
    return this.#ahead
  }

  /** Moves the time forward by so many ms. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds
  }
}
