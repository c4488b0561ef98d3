/** A string that is a value in a JSON text. */
export interface JsonString {
  readonly value: string
  /** The names of the members that lead to it; lists don't count. */
  readonly path: readonly string[]
  /** Where it stands, quotes included. */
  readonly start: number
  readonly end: number
}

/** Strings, and the signs that open, close and separate. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/g

/**
 * The strings of a JSON text, in their order, but for the names of members.
 *
 * @param text which `JSON.parse` takes
 */
export function* jsonStrings(text: string): Generator<JsonString> {
  const place = new Place()
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (!token.startsWith('"')) place.pass(token)
    else if (place.isBeforeName) place.enter(JSON.parse(token))
    else yield { value: JSON.parse(token), path: place.path, start: index, end: index + token.length }
  }
}

/** Where in a JSON text a reader is. */
class Place {
  /** For each object that is open, the member it is in; a list is undefined. */
  readonly #open: (string | undefined)[] = []
  isBeforeName = false

  get path(): string[] {
    return this.#open.filter((member) => member !== undefined)
  }

  /** @param sign one that opens, closes or separates */
  pass(sign: string): void {
    if (sign === '{') this.#open.push('')
    if (sign === '[') this.#open.push(undefined)
    if (sign === '}' || sign === ']') this.#open.pop()
    const isInObject = this.#open.length > 0 && this.#open.at(-1) !== undefined
    this.isBeforeName = sign === '{' || (sign === ',' && isInObject)
  }

  enter(member: string): void {
    this.#open[this.#open.length - 1] = member
    this.isBeforeName = false
  }
}
