/** Something that is opened when it is first needed, and closed with this if it was. */
export class OpenedOnce<Opened extends AsyncDisposable> implements AsyncDisposable {
  readonly #open: () => Promise<Opened>
  #opened: Promise<Opened> | undefined

  constructor(open: () => Promise<Opened>) {
    this.#open = open
  }

  /** The same each time. Rejects as opening did, and then tries again the next time. */
  async get(): Promise<Opened> {
    const opened = this.#opened ?? this.#open()
    this.#opened = opened
    try {
      return await opened
    } catch (error) {
      if (this.#opened === opened) this.#opened = undefined
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined)
    await opened?.[Symbol.asyncDispose]()
  }
}
