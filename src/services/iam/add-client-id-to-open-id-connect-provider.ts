import { addClientId } from '../../access/iam/oidc-providers.ts'
import { parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'

/** @see IAM API reference, AddClientIDToOpenIDConnectProvider */
export const addClientIdToOpenIdConnectProvider: IamAction<
  OidcProviderRequest & { readonly ClientID: string }
> = {
  operation: 'AddClientIDToOpenIDConnectProvider',
  permissions: onOidcProvider('AddClientIDToOpenIDConnectProvider'),
  async run({ OpenIDConnectProviderArn: arn, ClientID: clientId }, { caller: { account } }, iam) {
    await addClientId(iam, parseOidcProviderArn(account, arn), clientId)
    return {}
  },
}
