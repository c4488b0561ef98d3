import { removeClientId } from '../../access/iam/oidc-providers.ts'
import { parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'

/** @see IAM API reference, RemoveClientIDFromOpenIDConnectProvider */
export const removeClientIdFromOpenIdConnectProvider: IamAction<
  OidcProviderRequest & { readonly ClientID: string }
> = {
  operation: 'RemoveClientIDFromOpenIDConnectProvider',
  permissions: onOidcProvider('RemoveClientIDFromOpenIDConnectProvider'),
  async run({ OpenIDConnectProviderArn: arn, ClientID: clientId }, { caller: { account } }, iam) {
    await removeClientId(iam, parseOidcProviderArn(account, arn), clientId)
    return {}
  },
}
