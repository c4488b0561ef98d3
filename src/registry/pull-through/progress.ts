/** Something that grows, and that several wait for; whoever waits is woken by the next `announce`. */
export class Progress {
  #next = Promise.withResolvers<void>()

  /** Take this before looking at how far it is, so that nothing is missed in between. */
  get next(): Promise<void> {
    return this.#next.promise
  }

  announce(): void {
    const reached = this.#next
    this.#next = Promise.withResolvers<void>()
    reached.resolve()
  }
}
