import { DomainError } from '../errors.ts'
import type { RepositoryFacts } from '../repositories/errors.ts'
import type { DecidingStatement } from './decide.ts'

/** The caller is known and may not do this; the message is the access room's full denial text. */
export class AccessDeniedError extends DomainError {
  override readonly name = 'AccessDeniedError'
  /** The statement that forbids it, where one does. */
  readonly by: DecidingStatement | undefined
  constructor(message: string, by?: DecidingStatement) {
    super(message)
    this.by = by
  }
}

export class RepositoryPolicyNotFoundError extends DomainError {
  override readonly name = 'RepositoryPolicyNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

export class RegistryPolicyNotFoundError extends DomainError {
  override readonly name = 'RegistryPolicyNotFoundError'
  constructor({ account }: Pick<RepositoryFacts, 'account'>) {
    super(`Registry policy does not exist in the registry with id '${account}'`)
  }
}
