import { untagOidcProvider } from '../../access/iam/oidc-providers.ts'
import { changeOidcProvider } from './change-oidc-provider.ts'

/** @see IAM API reference, UntagOpenIDConnectProvider */
export const untagOpenIdConnectProvider = changeOidcProvider<{ readonly TagKeys: readonly string[] }>(
  'UntagOpenIDConnectProvider',
  (iam, key, { TagKeys }) => untagOidcProvider(iam, key, TagKeys),
)
