import { tagOidcProvider } from '../../access/iam/oidc-providers.ts'
import { changeOidcProvider } from './change-oidc-provider.ts'
import { readTags, type TagMember } from './tags.ts'

/** @see IAM API reference, TagOpenIDConnectProvider */
export const tagOpenIdConnectProvider = changeOidcProvider<{ readonly Tags: readonly TagMember[] }>(
  'TagOpenIDConnectProvider',
  (iam, key, { Tags }) => tagOidcProvider(iam, key, readTags(Tags)),
)
