import { findOidcProvider } from '../../access/iam/oidc-providers.ts'
import { oidcProviderArn, parseOidcProviderArn } from '../../core/iam/oidc-provider.ts'
import type { IamAction, OidcProviderRequest } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onOidcProvider } from './permissions.ts'
import { tagMembers } from './tags.ts'

/** @see IAM API reference, ListOpenIDConnectProviderTags */
export const listOpenIdConnectProviderTags: IamAction<OidcProviderRequest & PagedInput> = {
  operation: 'ListOpenIDConnectProviderTags',
  permissions: onOidcProvider('ListOpenIDConnectProviderTags'),
  async run(input, call, { metadata }) {
    const key = parseOidcProviderArn(call.caller.account, input.OpenIDConnectProviderArn)
    const arn = oidcProviderArn(await findOidcProvider(metadata, key))
    const tags = tagMembers(Object.fromEntries(await metadata.arnTags.of(arn)))
    const { rows, paging } = await pageOf(call, input, tags, ({ Key }) => Key)
    return { Tags: rows, ...paging }
  },
}
