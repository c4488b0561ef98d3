import { removeClientId } from '../../access/iam/oidc-providers.ts'
import { changeOidcProvider } from './change-oidc-provider.ts'

/** @see IAM API reference, RemoveClientIDFromOpenIDConnectProvider */
export const removeClientIdFromOpenIdConnectProvider = changeOidcProvider<{ readonly ClientID: string }>(
  'RemoveClientIDFromOpenIDConnectProvider',
  (iam, key, { ClientID }) => removeClientId(iam, key, ClientID),
)
