import { replaceThumbprints } from '../../access/iam/oidc-providers.ts'
import { changeOidcProvider } from './change-oidc-provider.ts'

/** @see IAM API reference, UpdateOpenIDConnectProviderThumbprint */
export const updateOpenIdConnectProviderThumbprint = changeOidcProvider<{
  readonly ThumbprintList: readonly string[]
}>('UpdateOpenIDConnectProviderThumbprint', (iam, key, { ThumbprintList }) =>
  replaceThumbprints(iam, key, ThumbprintList),
)
