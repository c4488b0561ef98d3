import type { Account } from '../../core/accounts/account.ts'
import {
  AccountAliasAlreadyExistsError,
  AccountAlreadyExistsError,
  AccountNotFoundError,
  RootKeyNotFoundError,
} from '../../core/accounts/account-errors.ts'
import { type AccessKeyPair, makeAccessKey } from '../../core/accounts/make-access-key.ts'
import { LimitExceededError } from '../../core/errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { MetadataStore, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { StoredAccessKeys } from '../stored-access-keys.ts'
import type { Vault } from '../vault.ts'

/** As on AWS; two, so that one can take the place of the other without a gap. */
const keysPerRoot = 2

export interface AccountsOptions {
  readonly metadata: MetadataStore
  readonly vault: Vault
  readonly keys: StoredAccessKeys
  /** The server's own account: it is in no database. */
  readonly own: AccountId
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** Accounts beside the server's own, and their roots' access keys. Each new secret is shown once. */
export class Accounts {
  readonly #options: AccountsOptions

  constructor(options: AccountsOptions) {
    this.#options = options
  }

  /** @throws AccountAlreadyExistsError, AccountAliasAlreadyExistsError */
  async create(wanted: Pick<Account, 'id' | 'alias'>): Promise<AccessKeyPair> {
    const { metadata, own, now } = this.#options
    if (wanted.id === own) throw new AccountAlreadyExistsError(wanted.id)
    const key = this.#makeKey()
    await metadata.write(async (tx) => {
      if (!(await tx.accounts.add({ ...wanted, createdAt: now() }))) throw await whyTaken(tx, wanted)
      await this.#addKey(tx, wanted.id, key)
    })
    return key
  }

  /** Another key for an account's root. @throws AccountNotFoundError, LimitExceededError for a third one */
  async createKey(account: AccountId): Promise<AccessKeyPair> {
    const key = this.#makeKey()
    await this.#options.metadata.write(async (tx) => {
      if ((await tx.accounts.find(account)) === undefined) throw new AccountNotFoundError(account)
      if ((await tx.accessKeys.ofAccount(account)).length >= keysPerRoot) {
        throw new LimitExceededError(`Cannot exceed quota for AccessKeysPerUser: ${keysPerRoot}`)
      }
      await this.#addKey(tx, account, key)
    })
    return key
  }

  /** Takes a key back, and all logins that were got with it. @throws RootKeyNotFoundError */
  async deleteKey(account: AccountId, keyId: string): Promise<void> {
    const { metadata, keys } = this.#options
    await metadata.write(async (tx) => {
      const key = await tx.accessKeys.find(keyId)
      if (key?.account !== account) throw new RootKeyNotFoundError(keyId)
      await tx.accessKeys.delete(keyId)
    })
    keys.forget(keyId)
  }

  #makeKey(): AccessKeyPair {
    return makeAccessKey('AKIA', this.#options.randomBytes)
  }

  #addKey(tx: MetadataTransaction, account: AccountId, { id, secret }: AccessKeyPair): Promise<void> {
    const { vault, now } = this.#options
    return tx.accessKeys.add({
      id,
      account,
      encryptedSecret: vault.encrypt(secret, id),
      createdAt: now(),
    })
  }
}

async function whyTaken(tx: MetadataTransaction, { id, alias }: Pick<Account, 'id' | 'alias'>) {
  const isTaken = (await tx.accounts.find(id)) !== undefined
  return isTaken ? new AccountAlreadyExistsError(id) : new AccountAliasAlreadyExistsError(alias ?? '')
}
