import { DomainError } from '../errors.ts'
import type { RepositoryFacts } from '../repositories/errors.ts'

export class LifecyclePolicyNotFoundError extends DomainError {
  override readonly name = 'LifecyclePolicyNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

export class LifecyclePolicyPreviewNotFoundError extends DomainError {
  override readonly name = 'LifecyclePolicyPreviewNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `Lifecycle policy preview does not exist for the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

export class LifecyclePolicyPreviewInProgressError extends DomainError {
  override readonly name = 'LifecyclePolicyPreviewInProgressError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `The previous lifecycle policy preview request for the repository with name '${name}' in the registry with id '${account}' has not completed`,
    )
  }
}
