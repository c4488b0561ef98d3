/** A text that a field has, or begins or ends with. */
export interface TextKey {
  readonly kind: 'exact' | 'prefix' | 'suffix'
  readonly text: string
}

/** Things by texts: those of a value are found at once, however many there are. */
export class TextTable<Thing> {
  readonly #exact = new Map<string, Thing[]>()
  /** By length, then by the text. */
  readonly #prefixes = new Map<number, Map<string, Thing[]>>()
  readonly #suffixes = new Map<number, Map<string, Thing[]>>()

  add({ kind, text }: TextKey, thing: Thing): void {
    if (kind === 'exact') push(this.#exact, text, thing)
    else push(ofLength(kind === 'prefix' ? this.#prefixes : this.#suffixes, text.length), text, thing)
  }

  /** Everything whose text the value is, or begins or ends with. */
  *find(value: string): Generator<Thing> {
    yield* this.#exact.get(value) ?? []
    for (const [length, things] of this.#prefixes) yield* things.get(value.slice(0, length)) ?? []
    for (const [length, things] of this.#suffixes) {
      if (length <= value.length) yield* things.get(value.slice(value.length - length)) ?? []
    }
  }
}

function ofLength<Thing>(lengths: Map<number, Map<string, Thing[]>>, length: number): Map<string, Thing[]> {
  const known = lengths.get(length) ?? new Map<string, Thing[]>()
  lengths.set(length, known)
  return known
}

function push<Thing>(things: Map<string, Thing[]>, text: string, thing: Thing): void {
  const known = things.get(text)
  if (known) known.push(thing)
  else things.set(text, [thing])
}
