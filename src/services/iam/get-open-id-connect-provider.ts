import { findOidcProvider } from '../../access/iam/oidc-providers.ts'
import { oidcProviderArn, parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { onOidcProvider } from './permissions.ts'
import { tagMembers } from './tags.ts'

/** @see IAM API reference, GetOpenIDConnectProvider */
export const getOpenIdConnectProvider: IamAction<OidcProviderRequest> = {
  operation: 'GetOpenIDConnectProvider',
  permissions: onOidcProvider('GetOpenIDConnectProvider'),
  async run({ OpenIDConnectProviderArn: arn }, { caller: { account } }, { metadata }) {
    const provider = await findOidcProvider(metadata, parseOidcProviderArn(account, arn))
    return {
      Url: provider.issuer,
      ClientIDList: provider.clientIds,
      ThumbprintList: provider.thumbprints,
      CreateDate: provider.createdAt,
      Tags: tagMembers(Object.fromEntries(await metadata.arnTags.of(oidcProviderArn(provider)))),
    }
  },
}
