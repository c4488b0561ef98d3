import { tagOidcProvider } from '../../access/iam/oidc-providers.ts'
import { parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'
import { readTags, type TagMember } from './tags.ts'

/** @see IAM API reference, TagOpenIDConnectProvider */
export const tagOpenIdConnectProvider: IamAction<
  OidcProviderRequest & { readonly Tags: readonly TagMember[] }
> = {
  operation: 'TagOpenIDConnectProvider',
  permissions: onOidcProvider('TagOpenIDConnectProvider'),
  async run({ OpenIDConnectProviderArn: arn, Tags }, { caller: { account } }, iam) {
    await tagOidcProvider(iam, parseOidcProviderArn(account, arn), readTags(Tags))
    return {}
  },
}
