import { DomainError } from '../errors.ts'

/** What ECS answers to most of what can't be done; the message is the whole text. */
export class EcsClientError extends DomainError {
  override readonly name = 'EcsClientError'
}

/** A parameter that ECS refuses; the message is the whole text. */
export class EcsInvalidParameterError extends DomainError {
  override readonly name = 'EcsInvalidParameterError'
}

export class ClusterNotFoundError extends DomainError {
  override readonly name = 'ClusterNotFoundError'
  constructor() {
    super('Cluster not found.')
  }
}
