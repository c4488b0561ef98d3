import { RefusalError } from './refusal.ts'

/** A request's headers with every repetition kept, under lower-case names. */
export class HeaderFields {
  readonly #fields = new Map<string, string[]>()

  /** @param rawHeaders names and values in turn, as they were received */
  constructor(rawHeaders: readonly string[]) {
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      const name = (rawHeaders[i] ?? '').toLowerCase()
      const value = rawHeaders[i + 1] ?? ''
      const values = this.#fields.get(name)
      if (values) values.push(value)
      else this.#fields.set(name, [value])
    }
  }

  has(name: string): boolean {
    return this.#fields.has(name)
  }

  /** Every value of a header, in the order received. */
  all(name: string): readonly string[] {
    return this.#fields.get(name) ?? []
  }

  /**
   * The value of a header that decides something, and so may come only once: two readers of a request that see different
   * ones would not see the same request.
   *
   * @throws RefusalError incomplete-signature when it comes more than once
   */
  one(name: string): string | undefined {
    const values = this.all(name)
    if (values.length > 1) {
      throw new RefusalError('incomplete-signature', `Header '${name}' must not appear more than once.`)
    }
    return values[0]
  }
}
