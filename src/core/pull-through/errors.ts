import { DomainError } from '../errors.ts'

export class PullThroughCacheRuleAlreadyExistsError extends DomainError {
  override readonly name = 'PullThroughCacheRuleAlreadyExistsError'
  constructor() {
    super('A pull through cache rule with these settings already exists for the private registry.')
  }
}

export class PullThroughCacheRuleNotFoundError extends DomainError {
  override readonly name = 'PullThroughCacheRuleNotFoundError'
  constructor() {
    super('The pull through cache rule was not found. Specify a valid pull through cache rule and try again.')
  }
}

/** ECR's words, and what an operator can do here that nobody can do on AWS. */
export class UnsupportedUpstreamRegistryError extends DomainError {
  override readonly name = 'UnsupportedUpstreamRegistryError'
  constructor(
    message = "The specified upstream registry isn't supported. Berth's setting --upstream-registries names further ones.",
  ) {
    super(message)
  }
}

export class SecretNotFoundError extends DomainError {
  override readonly name = 'SecretNotFoundError'
  constructor() {
    super(
      'The ARN of the secret specified in the pull through cache rule was not found. Update the pull through cache rule with a valid secret ARN and try again.',
    )
  }
}

export class UnableToAccessSecretError extends DomainError {
  override readonly name = 'UnableToAccessSecretError'
  constructor(options?: ErrorOptions) {
    super(
      'The secret is unable to be accessed. Verify the resource permissions for the secret and try again.',
      options,
    )
  }
}

/** The secret is there and isn't `{"username": ..., "accessToken": ...}`. The text is AWS's, its misspelling included. */
export class UnableToDecryptSecretValueError extends DomainError {
  override readonly name = 'UnableToDecryptSecretValueError'
  constructor() {
    super(
      'The secret is accessible but is unable to be decrypted. Verify the resource permisisons and try again.',
    )
  }
}

/** An upstream registry didn't let Berth in. */
export class UpstreamAccessDeniedError extends DomainError {
  override readonly name = 'UpstreamAccessDeniedError'
}

/** An upstream registry is asked too often. */
export class UpstreamTooManyRequestsError extends DomainError {
  override readonly name = 'UpstreamTooManyRequestsError'
  readonly retryAfterSeconds: number
  constructor(host: string, retryAfterSeconds: number) {
    super(
      `The upstream registry ${host} limits how often it may be asked; try again in ${retryAfterSeconds} s`,
    )
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** An upstream registry can't be reached, fails, or answers what it should not. */
export class UpstreamUnavailableError extends DomainError {
  override readonly name = 'UpstreamUnavailableError'
}

/** An upstream registry doesn't tell what refers to an image. */
export class UpstreamReferrersError extends DomainError {
  override readonly name = 'UpstreamReferrersError'
}
