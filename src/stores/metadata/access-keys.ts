import type { AccountId } from '../../core/names/account-id.ts'

/** An access key of an account's root, its secret encrypted. */
export interface StoredAccessKey {
  readonly id: string
  readonly account: AccountId
  readonly encryptedSecret: string
  readonly createdAt: Date
}

export interface AccessKeyReader {
  find(id: string): Promise<StoredAccessKey | undefined>
  ofAccount(account: AccountId): Promise<StoredAccessKey[]>
}

export interface AccessKeyWriter {
  add(key: StoredAccessKey): Promise<void>
  /** Resolves to whether there was one. */
  delete(id: string): Promise<boolean>
}
