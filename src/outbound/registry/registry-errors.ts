/** Why another registry didn't give what it was asked for. Messages name hosts, never credentials, and may be shown to users. */
export abstract class RegistryAnswerError extends Error {}

/** It has no such thing, or doesn't show it to this caller. */
export class RegistryNotFoundError extends RegistryAnswerError {
  override readonly name = 'RegistryNotFoundError'
}

/** It doesn't let this caller in, or wants the credentials in a way in which they would be shown to someone else. */
export class RegistryRefusedError extends RegistryAnswerError {
  override readonly name = 'RegistryRefusedError'
}

/** It has been asked too often; `retryAfterMs` is how long it wants to be left alone. */
export class RegistryBusyError extends RegistryAnswerError {
  override readonly name = 'RegistryBusyError'
  readonly retryAfterMs: number

  constructor(message: string, retryAfterMs: number) {
    super(message)
    this.retryAfterMs = retryAfterMs
  }
}

/** It fails, or answers what no registry should. */
export class RegistryFailedError extends RegistryAnswerError {
  override readonly name = 'RegistryFailedError'
}
