import { DomainError } from '../errors.ts'

/** A profile has one key for ever, so that nobody takes a new one for the old. */
export class SigningKeyAlreadyExistsError extends DomainError {
  override readonly name = 'SigningKeyAlreadyExistsError'
  constructor(profile: string) {
    super(`The signing profile '${profile}' has a key already`)
  }
}

export class SigningKeyNotFoundError extends DomainError {
  override readonly name = 'SigningKeyNotFoundError'
  constructor(profile: string) {
    super(`There is no signing profile '${profile}'`)
  }
}

export class SigningConfigurationNotFoundError extends DomainError {
  override readonly name = 'SigningConfigurationNotFoundError'
  constructor() {
    super('The specified signing configuration was not found.')
  }
}
