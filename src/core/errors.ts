/**
 * Something a caller asked for that the registry refuses. The message is what Amazon ECR says; each protocol
 * owns the table that says how it looks on its wire.
 */
export abstract class DomainError extends Error {}

/** A value breaks a documented constraint; `field` is spelled as ECR spells it in the message. */
export class InvalidParameterError extends DomainError {
  override readonly name = 'InvalidParameterError'
  constructor(field: string, constraint: string, options?: ErrorOptions) {
    super(`Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`, options)
  }
}

/** A request is against the rules in a way that no single field explains; the message is the whole text. */
export class InvalidRequestError extends DomainError {
  override readonly name = 'InvalidRequestError'
}

/** A stored quota is used up (ECR user guide, "Amazon ECR service quotas"). */
export class LimitExceededError extends DomainError {
  override readonly name = 'LimitExceededError'
}

/** More at once than this server takes; the same request may well succeed a moment later. */
export class RateExceededError extends DomainError {
  override readonly name = 'RateExceededError'
  constructor() {
    super('Rate exceeded')
  }
}

/** The disk (or the quota on it) is full: nothing was acknowledged, nothing is broken. */
export class StorageFullError extends DomainError {
  override readonly name = 'StorageFullError'
  constructor(options?: ErrorOptions) {
    super('The registry has no space left to store this; free some and try again', options)
  }
}
