/** A command can't do what it was asked; the message says why, the advice (where there is any) what to do instead. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly advice: string | undefined
  constructor(message: string, advice?: string, options?: ErrorOptions) {
    super(message, options)
    this.advice = advice
  }
}
