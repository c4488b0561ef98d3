import { DomainError } from '../../core/errors.ts'

/** An imageId that names nothing. */
export class MissingDigestAndTagError extends DomainError {
  override readonly name = 'MissingDigestAndTagError'
  constructor() {
    super('Invalid request parameters: both tag and digest cannot be null')
  }
}

/** An imageId whose digest no image could have. */
export class InvalidImageDigestError extends DomainError {
  override readonly name = 'InvalidImageDigestError'
  constructor() {
    super("Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'")
  }
}

/** An imageId whose tag no image could have. */
export class InvalidImageTagError extends DomainError {
  override readonly name = 'InvalidImageTagError'
  constructor() {
    super("Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9-_.]+'")
  }
}
