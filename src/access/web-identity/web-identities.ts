import { issuerUrl, type OidcProvider } from '../../core/iam/oidc-provider.ts'
import { type Claims, requiredText } from '../../core/iam/token-claims.ts'
import { readWebIdentity, type WebIdentity } from '../../core/iam/web-identity.ts'
import { InvalidIdentityTokenError, notAToken } from '../../core/iam/web-identity-errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import { decodeToken, verifySignature } from './signed-token.ts'

const scheme = 'https://'

export interface WebIdentitiesOptions {
  readonly metadata: Pick<MetadataReader, 'oidcProviders'>
  readonly keys: IssuerKeys
  readonly now: () => Date
}

/** Tells whom tokens speak of, for accounts that believe their issuers. */
export class WebIdentities {
  readonly #options: WebIdentitiesOptions

  constructor(options: WebIdentitiesOptions) {
    this.#options = options
  }

  /**
   * Whom a token speaks of. The issuer is only asked for its keys when the token would do if its signature did, so that nobody can have
   * it asked by what is plainly worth nothing.
   *
   * @throws InvalidIdentityTokenError, ExpiredIdentityTokenError, IdpRejectedClaimError, IdpCommunicationError
   */
  async verify(token: string, account: AccountId): Promise<WebIdentity> {
    const { keys, now } = this.#options
    const { kid, claims } = await decodeToken(token)
    const provider = await this.#providerOf(claims, account)
    const identity = readWebIdentity(claims, provider, now())
    await verifySignature(token, await keys.of(provider, kid))
    return identity
  }

  async #providerOf(claims: Claims, account: AccountId): Promise<OidcProvider> {
    const issuer = requiredText(claims, 'iss')
    if (!issuer.startsWith(scheme)) throw notAToken(`The issuer is ${issuer}`)
    const key = { account, issuer: issuer.slice(scheme.length) }
    const provider = await this.#options.metadata.oidcProviders.find(key)
    if (provider !== undefined) return provider
    throw new InvalidIdentityTokenError(
      `No OpenIDConnect provider found in your account for ${issuerUrl(key)}`,
    )
  }
}
