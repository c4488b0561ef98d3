import { LogsParameterError } from '../log-events/errors.ts'
import { RegularExpressionError, readRegularExpression } from './regular-expression.ts'

/** @see Amazon CloudWatch Logs user guide, "Supported regular expressions (regex) syntax" */
const mostExpressions = 2

/** Reads a filter pattern from its beginning to its end. */
export class Scanner {
  readonly #text: string
  #at = 0
  #expressions = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Whether nothing but space is left. */
  get isAtEnd(): boolean {
    return this.#text.slice(this.#at).trim() === ''
  }

  /** What stands next and fits a pattern, after space, its first group if it has one; undefined, and nothing is read, if it doesn't fit. */
  take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(`\\s*(?:${pattern.source})`, 'y')
    sticky.lastIndex = this.#at
    const match = sticky.exec(this.#text)
    if (match === null) return undefined
    this.#at = sticky.lastIndex
    return match[1] ?? match[0].trimStart()
  }

  /** Takes what must stand next. @throws LogsParameterError */
  expect(pattern: RegExp, what: string): string {
    const taken = this.take(pattern)
    if (taken === undefined) throw this.mistake(`expected ${what}`)
    return taken
  }

  /** What a regular expression between two `%` that stands next says of a text; undefined where none stands. @throws LogsParameterError */
  takeExpression(): ((text: string) => boolean) | undefined {
    const text = this.take(/%((?:[^%\\]|\\.)+)%/)
    if (text === undefined) {
      if (this.take(/%/) !== undefined) throw this.mistake('expected a regular expression and a closing %')
      return undefined
    }
    this.#expressions += 1
    if (this.#expressions > mostExpressions) {
      throw this.mistake(`expected at most ${mostExpressions} regular expressions; found more`)
    }
    return this.#read(text)
  }

  #read(expression: string): (text: string) => boolean {
    try {
      return readRegularExpression(expression)
    } catch (error) {
      if (error instanceof RegularExpressionError) throw this.mistake(error.message)
      throw error
    }
  }

  /** A mistake where the scanner is. */
  mistake(what: string): LogsParameterError {
    return new LogsParameterError(`Invalid filter pattern: ${what} at position ${this.#at + 1}`)
  }
}

/** A text in double quotes: its characters, of which `\"` and `\\` are one. */
const quoted = /"((?:[^"\\]|\\.)*)"/

/** The text in double quotes that stands next. */
export function takeQuoted(scanner: Scanner): string | undefined {
  return scanner.take(quoted)?.replace(/\\(["\\])/g, '$1')
}
