import { type Branch, type Code, type Item, lazyAutomaton } from './lazy-automaton.ts'

/** States of one expression, at the most: `a{500}` is 500. */
const mostStates = 1_000

/** What stands in an expression isn't what CloudWatch Logs reads; the message says why. */
export class RegularExpressionError extends Error {
  override readonly name = 'RegularExpressionError'
}

/**
 * A regular expression as filter patterns have them: characters, `.`, lists (`[a-z]`, `[^,]`), `\d \D \s \S \w \W \xhh`, `* + ? {m,n}`,
 * `|`, and `^` and `$` at the ends. There are neither groups nor references, so it is matched in one walk through the text, whatever stands
 * in either.
 *
 * @throws RegularExpressionError
 * @see Amazon CloudWatch Logs user guide, "Supported regular expressions (regex) syntax"
 */
export function readRegularExpression(text: string): (message: string) => boolean {
  const branches = new Reader(text).branches()
  const states = branches.flatMap(({ items }) => items).reduce((sum, item) => sum + statesOf(item), 0)
  if (states > mostStates) throw new RegularExpressionError('the regular expression repeats too much')
  return lazyAutomaton(branches)
}

function statesOf({ least, most }: Item): number {
  return Number.isFinite(most) ? most : least + 1
}

const classes: Readonly<Record<string, Code>> = {
  d: (code) => code >= 48 && code <= 57,
  s: (code) => code === 32 || (code >= 9 && code <= 13),
  w: (code) => (code >= 48 && code <= 57) || code === 95 || ((code | 32) >= 97 && (code | 32) <= 122),
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  branches(): Branch[] {
    const branches = [this.#branch()]
    while (this.#take('|')) branches.push(this.#branch())
    return branches
  }

  #branch(): Branch {
    const fromStart = this.#take('^')
    const items: Item[] = []
    while (!this.#isAt('', '|', '$')) items.push(this.#item())
    const toEnd = this.#take('$')
    if (!this.#isAt('', '|')) throw this.#mistake('$ stands at the end alone')
    if (items.length === 0 && !fromStart && !toEnd) throw this.#mistake('a part of it is empty')
    return { items, fromStart, toEnd }
  }

  #item(): Item {
    const fits = this.#atom()
    if (this.#take('*')) return { fits, least: 0, most: Number.POSITIVE_INFINITY }
    if (this.#take('+')) return { fits, least: 1, most: Number.POSITIVE_INFINITY }
    if (this.#take('?')) return { fits, least: 0, most: 1 }
    return this.#take('{') ? { fits, ...this.#counts() } : { fits, least: 1, most: 1 }
  }

  #counts(): Pick<Item, 'least' | 'most'> {
    const [, low = '', comma, high = ''] = /^(\d{1,4})(,)?(\d{1,4})?\}/.exec(this.#text.slice(this.#at)) ?? []
    const least = Number(low)
    const most = high === '' ? (comma === undefined ? least : Number.POSITIVE_INFINITY) : Number(high)
    const isGood = low !== '' && most >= least && most > 0 && (high === '' || comma !== undefined)
    if (!isGood) throw this.#mistake('{ is followed by one or two numbers and }')
    this.#at = this.#text.indexOf('}', this.#at) + 1
    return { least, most }
  }

  #atom(): Code {
    if (this.#take('.')) return () => true
    if (this.#take('[')) return this.#list()
    if (this.#take('\\')) return this.#escaped()
    if (this.#isAt('(', ')')) throw this.#mistake('groups are not offered')
    if (this.#isAt('*', '+', '?', '{', '}', ']', '^'))
      throw this.#mistake(`${this.#text[this.#at]} has nothing to act on`)
    return isCode(this.#next())
  }

  #list(): Code {
    const isInverse = this.#take('^')
    const parts: Code[] = []
    while (parts.length === 0 || !this.#isAt(']')) {
      if (this.#isAt('')) throw this.#mistake('] is missing')
      parts.push(this.#part())
    }
    this.#at += 1
    return (code) => parts.some((fits) => fits(code)) !== isInverse
  }

  /** A character, a range of them, or a class. */
  #part(): Code {
    const first = this.#member()
    const isRange = this.#isAt('-') && this.#text[this.#at + 1] !== ']'
    if (typeof first === 'function') return first
    if (!isRange) return isCode(first)
    this.#at += 1
    const last = this.#member()
    if (typeof last === 'function' || last < first)
      throw this.#mistake('a range goes from a character to a later one')
    return (code) => code >= first && code <= last
  }

  #member(): Code | number {
    if (!this.#take('\\')) return this.#next()
    const letter = this.#text[this.#at] ?? ''
    return letter.toLowerCase() in classes ? this.#escaped() : this.#escapedCode()
  }

  #escaped(): Code {
    const letter = this.#text[this.#at] ?? ''
    const fits = classes[letter.toLowerCase()]
    if (fits === undefined) return isCode(this.#escapedCode())
    this.#at += 1
    return letter in classes ? fits : (code) => !fits(code)
  }

  #escapedCode(): number {
    const [hex] = /^x[0-9A-Fa-f]{2}/.exec(this.#text.slice(this.#at)) ?? []
    if (hex !== undefined) {
      this.#at += hex.length
      return Number.parseInt(hex.slice(1), 16)
    }
    if (/^[A-Za-z0-9]/.test(this.#text.slice(this.#at)))
      throw this.#mistake('the backslash means nothing here')
    return this.#next()
  }

  #next(): number {
    if (this.#isAt('')) throw this.#mistake('it ends too early')
    return this.#text.charCodeAt(this.#at++)
  }

  #take(character: string): boolean {
    const isNext = this.#isAt(character)
    if (isNext) this.#at += 1
    return isNext
  }

  /** Whether one of these characters is next; the empty text is the end. */
  #isAt(...characters: readonly string[]): boolean {
    return characters.includes(this.#text[this.#at] ?? '')
  }

  #mistake(why: string): RegularExpressionError {
    return new RegularExpressionError(`the regular expression %${this.#text}% can't be read: ${why}`)
  }
}

function isCode(wanted: number): Code {
  return (code) => code === wanted
}
