/** The last of a long series, so many of them: what a pass holds in memory has an end, however much expires. */
export class OldestImages<Item> {
  readonly #limit: number
  #items: Item[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** They come newest first. */
  add(item: Item): void {
    this.#items.push(item)
    if (this.#items.length >= 2 * this.#limit) this.#items = this.#items.slice(-this.#limit)
  }

  /** What is held, oldest first. */
  oldestFirst(): Item[] {
    return this.#items.slice(-this.#limit).reverse()
  }
}
