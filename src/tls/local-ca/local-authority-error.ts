/** The local CA can't be used; the message says why and what to do. */
export class LocalAuthorityError extends Error {
  override readonly name = 'LocalAuthorityError'
  constructor(file: string, why: string, options?: ErrorOptions) {
    const advice = 'take it back with `berth trust --remove`, move the file away, and a new one is made'
    super(`The local CA in ${file} ${why}; ${advice}`, options)
  }
}
