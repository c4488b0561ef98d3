import type { OidcProvider, OidcProviderKey } from '../../core/iam/oidc-provider.ts'
import type { AccountId } from '../../core/names/account-id.ts'

export interface OidcProviderReader {
  find(key: OidcProviderKey): Promise<OidcProvider | undefined>
  /** All of an account, which a quota keeps few, by their issuers. */
  list(account: AccountId): Promise<OidcProvider[]>
}

export interface OidcProviderWriter {
  /** Resolves to false when the account has that issuer already. */
  add(provider: OidcProvider): Promise<boolean>
  /** Writes what may change; one that isn't there is passed over. */
  update(key: OidcProviderKey, changes: Pick<OidcProvider, 'clientIds' | 'thumbprints'>): Promise<void>
  /** Resolves to whether there was one. */
  delete(key: OidcProviderKey): Promise<boolean>
}
