import { oidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

/** @see IAM API reference, ListOpenIDConnectProviders */
export const listOpenIdConnectProviders: IamAction<object> = {
  operation: 'ListOpenIDConnectProviders',
  permissions: onAccount('ListOpenIDConnectProviders'),
  async run(_input, { caller: { account } }, { metadata }) {
    const providers = await metadata.oidcProviders.list(account)
    return { OpenIDConnectProviderList: providers.map((each) => ({ Arn: oidcProviderArn(each) })) }
  },
}
