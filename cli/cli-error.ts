/** A command can't do what it was asked; the message says why, the advice what to do instead. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly advice: string
  constructor(message: string, advice: string) {
    super(message)
    this.advice = advice
  }
}
