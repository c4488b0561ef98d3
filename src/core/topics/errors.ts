import { DomainError } from '../errors.ts'

/** The message is SNS's; what is said after `Invalid parameter: ` is given. */
export class InvalidTopicParameterError extends DomainError {
  override readonly name = 'InvalidTopicParameterError'
  readonly reason: string
  constructor(reason: string) {
    super(`Invalid parameter: ${reason}`)
    this.reason = reason
  }
}

/** A message attribute that can't be; the message is the whole text. */
export class InvalidMessageAttributeError extends DomainError {
  override readonly name = 'InvalidMessageAttributeError'
}

export class TopicNotFoundError extends DomainError {
  override readonly name = 'TopicNotFoundError'
  constructor() {
    super('Topic does not exist')
  }
}

export class SubscriptionNotFoundError extends DomainError {
  override readonly name = 'SubscriptionNotFoundError'
  constructor() {
    super('Subscription does not exist')
  }
}

/** Tags of a topic that isn't there. */
export class TaggedResourceNotFoundError extends DomainError {
  override readonly name = 'TaggedResourceNotFoundError'
  constructor() {
    super('Resource does not exist')
  }
}

/** Somebody who signed has confirmed the subscription; a link alone doesn't undo that. */
export class SubscriptionConfirmedError extends DomainError {
  override readonly name = 'SubscriptionConfirmedError'
  constructor() {
    super('Subscription already confirmed')
  }
}

/** Only somebody who signs may end the subscription: it was confirmed so. */
export class UnsubscribeNotAllowedError extends DomainError {
  override readonly name = 'UnsubscribeNotAllowedError'
  constructor() {
    super('The subscription can only be ended by its owner')
  }
}
