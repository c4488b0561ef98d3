import { addClientId } from '../../access/iam/oidc-providers.ts'
import { changeOidcProvider } from './change-oidc-provider.ts'

/** @see IAM API reference, AddClientIDToOpenIDConnectProvider */
export const addClientIdToOpenIdConnectProvider = changeOidcProvider<{ readonly ClientID: string }>(
  'AddClientIDToOpenIDConnectProvider',
  (iam, key, { ClientID }) => addClientId(iam, key, ClientID),
)
