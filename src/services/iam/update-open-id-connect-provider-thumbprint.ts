import { replaceThumbprints } from '../../access/iam/oidc-providers.ts'
import { parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'

/** @see IAM API reference, UpdateOpenIDConnectProviderThumbprint */
export const updateOpenIdConnectProviderThumbprint: IamAction<
  OidcProviderRequest & { readonly ThumbprintList: readonly string[] }
> = {
  operation: 'UpdateOpenIDConnectProviderThumbprint',
  permissions: onOidcProvider('UpdateOpenIDConnectProviderThumbprint'),
  async run({ OpenIDConnectProviderArn: arn, ThumbprintList: texts }, { caller: { account } }, iam) {
    await replaceThumbprints(iam, parseOidcProviderArn(account, arn), texts)
    return {}
  },
}
