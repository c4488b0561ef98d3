import { untagOidcProvider } from '../../access/iam/oidc-providers.ts'
import { parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'

/** @see IAM API reference, UntagOpenIDConnectProvider */
export const untagOpenIdConnectProvider: IamAction<
  OidcProviderRequest & { readonly TagKeys: readonly string[] }
> = {
  operation: 'UntagOpenIDConnectProvider',
  permissions: onOidcProvider('UntagOpenIDConnectProvider'),
  async run({ OpenIDConnectProviderArn: arn, TagKeys }, { caller: { account } }, iam) {
    await untagOidcProvider(iam, parseOidcProviderArn(account, arn), TagKeys)
    return {}
  },
}
