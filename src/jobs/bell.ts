/** Lets one wait for a time or for a call, whichever comes first. A call is heard also by who begins to wait after it. */
export class Bell {
  #rung = Promise.withResolvers<void>()

  ring(): void {
    this.#rung.resolve()
  }

  async heard(milliseconds: number): Promise<void> {
    const timer = setTimeout(() => this.ring(), milliseconds)
    await this.#rung.promise
    clearTimeout(timer)
    this.#rung = Promise.withResolvers()
  }
}
