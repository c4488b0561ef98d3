import { DomainError } from '../errors.ts'
import type { AccountId } from '../names/account-id.ts'
import type { RepositoryName } from '../names/repository-name.ts'

/** Where a repository lives and what it is called: the facts most messages need. */
export interface RepositoryFacts {
  readonly account: AccountId
  readonly name: RepositoryName
}

export class RepositoryNotFoundError extends DomainError {
  override readonly name = 'RepositoryNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(`The repository with name '${name}' does not exist in the registry with id '${account}'`)
  }
}

export class RepositoryAlreadyExistsError extends DomainError {
  override readonly name = 'RepositoryAlreadyExistsError'
  constructor({ account, name }: RepositoryFacts) {
    super(`The repository with name '${name}' already exists in the registry with id '${account}'`)
  }
}

export class RepositoryNotEmptyError extends DomainError {
  override readonly name = 'RepositoryNotEmptyError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `The repository with name '${name}' in registry with id '${account}' cannot be deleted because it still contains images`,
    )
  }
}

export class TooManyTagsError extends DomainError {
  override readonly name = 'TooManyTagsError'
  constructor() {
    super('The maximum number of tags that can be applied to a repository is 50.')
  }
}

export class InvalidTagParameterError extends DomainError {
  override readonly name = 'InvalidTagParameterError'
}

export class TemplateAlreadyExistsError extends DomainError {
  override readonly name = 'TemplateAlreadyExistsError'
  constructor() {
    super('The repository creation template already exists. Specify a unique prefix and try again.')
  }
}

export class TemplateNotFoundError extends DomainError {
  override readonly name = 'TemplateNotFoundError'
  constructor() {
    super(
      "The specified repository creation template can't be found. Verify the registry ID and prefix and try again.",
    )
  }
}
