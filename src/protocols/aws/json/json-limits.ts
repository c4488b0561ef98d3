import { RefusalError } from '../refusal.ts'

/** Far beyond what any operation's input needs: its deepest shape has five levels, its longest list a few hundred entries. */
const deepest = 64
const mostValues = 100_000

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openers = new Set([0x5b, 0x7b])
const closers = new Set([0x5d, 0x7d])

/**
 * Refuses JSON text so deep or with so many values that its parsed form would be many times larger than the text. One
 * pass over the bytes; what stands inside strings is skipped.
 *
 * @throws RefusalError malformed-input
 */
export function checkJsonLimits(text: Uint8Array): void {
  let depth = 0
  let values = 0
  for (let i = 0; i < text.length; i += 1) {
    const byte = text[i] ?? 0
    if (byte === quote) i = endOfString(text, i)
    else if (byte === comma) values += 1
    else if (closers.has(byte)) depth -= 1
    else if (openers.has(byte)) {
      depth += 1
      values += 1
    }
    if (depth > deepest || values > mostValues) {
      throw new RefusalError(
        'malformed-input',
        'The JSON document is nested too deeply or holds too many values',
      )
    }
  }
}

/** The index of the quote that closes the string opened at `start`, or the text's end. */
function endOfString(text: Uint8Array, start: number): number {
  let end = text.indexOf(quote, start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf(quote, end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: Uint8Array, at: number): boolean {
  let before = at - 1
  while (text[before] === backslash) before -= 1
  return (at - 1 - before) % 2 === 1
}
