import { createOidcProvider } from '../../access/iam/oidc-providers.ts'
import { oidcProviderArn, parseIssuerUrl } from '../../core/iam/oidc-provider.ts'
import type { IamAction } from './iam-action.ts'
import { onNewOidcProvider } from './permissions.ts'
import { readTags, type TagMember, tagMembers } from './tags.ts'

interface Creation {
  readonly Url: string
  readonly ClientIDList?: readonly string[]
  readonly ThumbprintList?: readonly string[]
  readonly Tags?: readonly TagMember[]
}

/** @see IAM API reference, CreateOpenIDConnectProvider */
export const createOpenIdConnectProvider: IamAction<Creation> = {
  operation: 'CreateOpenIDConnectProvider',
  permissions: onNewOidcProvider('CreateOpenIDConnectProvider'),
  async run(input, { caller: { account } }, iam) {
    const { ClientIDList: clientIds = [], ThumbprintList: thumbprints = [] } = input
    const tags = readTags(input.Tags)
    const issuer = parseIssuerUrl(input.Url)
    const provider = await createOidcProvider(iam, { account, issuer, clientIds, thumbprints, tags })
    const members = tagMembers(tags)
    return {
      OpenIDConnectProviderArn: oidcProviderArn(provider),
      ...(members.length > 0 && { Tags: members }),
    }
  },
}
