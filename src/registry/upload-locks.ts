/** One upload is touched by one request at a time; the others wait in line, in the order they came. */
export class UploadLocks {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs `work` when all that came before it for this upload has ended, well or badly. */
  async run<Result>(uploadId: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(uploadId) ?? Promise.resolve()
    const mine = before.then(work, work)
    this.#last.set(uploadId, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(uploadId) === mine) this.#last.delete(uploadId)
    }
  }
}
