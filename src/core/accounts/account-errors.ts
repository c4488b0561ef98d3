import { DomainError } from '../errors.ts'
import type { AccountId } from '../names/account-id.ts'

export class AccountAlreadyExistsError extends DomainError {
  override readonly name = 'AccountAlreadyExistsError'
  constructor(id: AccountId) {
    super(`The account '${id}' already exists`)
  }
}

export class AccountAliasAlreadyExistsError extends DomainError {
  override readonly name = 'AccountAliasAlreadyExistsError'
  constructor(alias: string) {
    super(`The account alias ${alias} already exists.`)
  }
}

export class AccountNotFoundError extends DomainError {
  override readonly name = 'AccountNotFoundError'
  constructor(id: AccountId) {
    super(`The account '${id}' does not exist; \`berth account list\` tells which do`)
  }
}

export class RootKeyNotFoundError extends DomainError {
  override readonly name = 'RootKeyNotFoundError'
  constructor(keyId: string) {
    super(`The Access Key with id ${keyId} cannot be found.`)
  }
}
