import { deleteOidcProvider } from '../../access/iam/oidc-providers.ts'
import { parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'

/** @see IAM API reference, DeleteOpenIDConnectProvider */
export const deleteOpenIdConnectProvider: IamAction<OidcProviderRequest> = {
  operation: 'DeleteOpenIDConnectProvider',
  permissions: onOidcProvider('DeleteOpenIDConnectProvider'),
  async run({ OpenIDConnectProviderArn: arn }, { caller: { account } }, iam) {
    await deleteOidcProvider(iam, parseOidcProviderArn(account, arn))
    return {}
  },
}
