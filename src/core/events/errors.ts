import { DomainError } from '../errors.ts'

/** Something is asked of EventBridge that can't be; the message is the whole text. */
export class EventsValidationError extends DomainError {
  override readonly name = 'EventsValidationError'
}

/** A bus, rule, connection or API destination that isn't there; the message is the whole text. */
export class EventResourceNotFoundError extends DomainError {
  override readonly name = 'EventResourceNotFoundError'
}

export class EventResourceExistsError extends DomainError {
  override readonly name = 'EventResourceExistsError'
}

export class EventLimitExceededError extends DomainError {
  override readonly name = 'EventLimitExceededError'
  constructor() {
    super('The requested resource exceeds the maximum number allowed.')
  }
}

/** A replay that isn't under way any more can't be cancelled. */
export class IllegalReplayStateError extends DomainError {
  override readonly name = 'IllegalReplayStateError'
  constructor(name: string) {
    super(`Replay ${name} is not in a valid state for this operation.`)
  }
}

export class EventPolicyTooLongError extends DomainError {
  override readonly name = 'EventPolicyTooLongError'
}

export function busNotFound(name: string): EventResourceNotFoundError {
  return new EventResourceNotFoundError(`Event bus ${name} does not exist.`)
}

export function ruleNotFound({
  name,
  bus,
}: {
  readonly name: string
  readonly bus: string
}): EventResourceNotFoundError {
  return new EventResourceNotFoundError(`Rule ${name} does not exist on EventBus ${bus}.`)
}
