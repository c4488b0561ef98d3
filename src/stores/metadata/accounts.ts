import type { Account } from '../../core/accounts/account.ts'
import type { AccountId } from '../../core/names/account-id.ts'

export interface AccountReader {
  find(id: AccountId): Promise<Account | undefined>
  /** One page of accounts by id, from the first after `after`. */
  list(page: { readonly after?: AccountId | undefined; readonly limit: number }): Promise<Account[]>
  /** Of any account, the server's own among them. */
  aliasOf(id: AccountId): Promise<string | undefined>
}

export interface AccountWriter {
  /** Adds it; resolves to false when its id or its alias is taken. */
  add(account: Account): Promise<boolean>
  /** Gives any account a name in the place of the one it has; resolves to false when another account has it. */
  setAlias(id: AccountId, alias: string): Promise<boolean>
  removeAlias(id: AccountId): Promise<void>
}
