import { createHmac, timingSafeEqual } from 'node:crypto'

const shortestKey = 32

/**
 * Turns JSON values into text that only the holder of this key can make, and back. The text is base64url JSON, a dot, and a
 * base64url HMAC-SHA256: safe in a URL query, and free of `:`. It is signed, not encrypted: whoever holds it can read it.
 */
export class Seal {
  readonly #key: Uint8Array

  /**
   * @param key at least 32 secret bytes; the same key opens what it sealed in an earlier life of the process
   * @param purpose keeps one kind of sealed value from being taken for another
   * @throws RangeError for a shorter key
   */
  constructor(key: Uint8Array, purpose: string) {
    if (key.byteLength < shortestKey) throw new RangeError(`A seal needs a key of ${shortestKey} bytes`)
    this.#key = createHmac('sha256', key).update(purpose).digest()
  }

  seal(value: unknown): string {
    const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${payload}.${this.#signature(payload)}`
  }

  /** The value that was sealed, or undefined for any other text; takes the same time wherever a signature differs. */
  open(text: string): unknown {
    const [payload = '', signature = '', ...rest] = text.split('.', 3)
    if (rest.length > 0 || !isSameText(signature, this.#signature(payload))) return undefined
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  }

  #signature(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('base64url')
  }
}

// Texts are compared, not the bytes they stand for: several texts decode to the same bytes.
function isSameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}
