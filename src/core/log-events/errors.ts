import { DomainError } from '../errors.ts'

/** Something is asked of CloudWatch Logs that can't be; the message is the whole text. */
export class LogsParameterError extends DomainError {
  override readonly name = 'LogsParameterError'
}

/** A log group, stream or tagged resource that isn't there; the message is the whole text. */
export class LogResourceNotFoundError extends DomainError {
  override readonly name = 'LogResourceNotFoundError'
}

export class LogResourceExistsError extends DomainError {
  override readonly name = 'LogResourceExistsError'
  constructor(kind: 'group' | 'stream') {
    super(`The specified log ${kind} already exists`)
  }
}

/** Two members are given of which only one may be. */
export class LogsValidationError extends DomainError {
  override readonly name = 'LogsValidationError'
}

export function logGroupNotFound(): LogResourceNotFoundError {
  return new LogResourceNotFoundError('The specified log group does not exist.')
}

export function logStreamNotFound(): LogResourceNotFoundError {
  return new LogResourceNotFoundError('The specified log stream does not exist.')
}
