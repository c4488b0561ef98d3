const endOfHeaders = Buffer.from('\r\n\r\n')

/**
 * Counts the answers on one connection whose requests are sent one at a time: every answer must be a 200 with a
 * Content-Length. Looks at headers alone and drops bodies, so that counting costs next to nothing.
 */
export class ResponseCounter {
  #headers = Buffer.alloc(0)
  #left = 0
  #inBody = false

  /**
   * Takes the next bytes and tells whether the answer is whole now. The bytes may be overwritten afterwards.
   *
   * @throws Error for any other status, no length, or bytes after the end of the answer
   */
  take(bytes: Uint8Array): boolean {
    const body = this.#inBody ? bytes.length : this.#takeHeaders(bytes)
    this.#left -= body
    if (this.#left < 0) throw new Error('There are bytes after the end of the answer')
    if (!this.#inBody || this.#left > 0) return false
    this.#inBody = false
    return true
  }

  /** Resolves to how many of the bytes are the body's. */
  #takeHeaders(bytes: Uint8Array): number {
    this.#headers = Buffer.concat([this.#headers, bytes])
    const end = this.#headers.indexOf(endOfHeaders)
    if (end === -1) return 0
    const body = this.#headers.length - end - endOfHeaders.length
    this.#left = lengthOfBody(this.#headers.toString('latin1', 0, end))
    this.#headers = Buffer.alloc(0)
    this.#inBody = true
    return body
  }
}

function lengthOfBody(headers: string): number {
  const [statusLine = ''] = headers.split('\r\n', 1)
  if (!/^HTTP\/1\.1 200 /.test(statusLine)) throw new Error(`The server answered '${statusLine}'`)
  const length = /^content-length: *(\d+) *$/im.exec(headers)?.[1]
  if (length === undefined) throw new Error('The answer has no Content-Length')
  return Number(length)
}
