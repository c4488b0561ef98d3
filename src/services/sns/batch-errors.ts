import { DomainError } from '../../core/errors.ts'

export class EmptyBatchError extends DomainError {
  override readonly name = 'EmptyBatchError'
  constructor() {
    super("The batch request doesn't contain any entries.")
  }
}

export class TooManyBatchEntriesError extends DomainError {
  override readonly name = 'TooManyBatchEntriesError'
  constructor() {
    super('The batch request contains more entries than permissible.')
  }
}

export class BatchIdsNotDistinctError extends DomainError {
  override readonly name = 'BatchIdsNotDistinctError'
  constructor() {
    super('Two or more batch entries in the request have the same Id.')
  }
}

export class InvalidBatchIdError extends DomainError {
  override readonly name = 'InvalidBatchIdError'
  constructor(id: string, what: 'contains an impermissible character' | 'is too long') {
    super(`The Id of a batch entry in the batch request ${what}: ${id}`)
  }
}

export class BatchTooLongError extends DomainError {
  override readonly name = 'BatchTooLongError'
  constructor() {
    super('The length of all the batch messages put together is more than the limit.')
  }
}
