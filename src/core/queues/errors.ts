import { DomainError } from '../errors.ts'

export class QueueNotFoundError extends DomainError {
  override readonly name = 'QueueNotFoundError'
  constructor() {
    super('The specified queue does not exist.')
  }
}

/** A queue of the name is there, and another than is asked for. */
export class QueueExistsError extends DomainError {
  override readonly name = 'QueueExistsError'
  constructor(attribute: string) {
    super(`A queue already exists with the same name and a different value for attribute ${attribute}`)
  }
}

export class UnknownQueueAttributeError extends DomainError {
  override readonly name = 'UnknownQueueAttributeError'
  constructor(attribute: string) {
    super(`Unknown Attribute ${attribute}.`)
  }
}

export class InvalidQueueAttributeError extends DomainError {
  override readonly name = 'InvalidQueueAttributeError'
  constructor(attribute: string, why = '') {
    super(`Invalid value for the parameter ${attribute}.${why === '' ? '' : ` Reason: ${why}`}`)
  }
}

/** A parameter's value is none that SQS takes; the message is the whole text. */
export class QueueParameterError extends DomainError {
  override readonly name = 'QueueParameterError'
}

export class ReceiptHandleInvalidError extends DomainError {
  override readonly name = 'ReceiptHandleInvalidError'
  constructor(handle: string) {
    super(`The input receipt handle "${handle}" is not a valid receipt handle.`)
  }
}

/** There is no queue, or no move of messages, of that name. */
export class QueueResourceNotFoundError extends DomainError {
  override readonly name = 'QueueResourceNotFoundError'
}

/** Nobody has the message, so nobody can keep it longer. */
export class MessageNotInFlightError extends DomainError {
  override readonly name = 'MessageNotInFlightError'
  constructor() {
    super("The specified message isn't in flight.")
  }
}

/** Berth doesn't offer it; the message is the whole text. */
export class QueueUnsupportedError extends DomainError {
  override readonly name = 'QueueUnsupportedError'
}
