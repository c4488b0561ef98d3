import { deleteOidcProvider } from '../../access/iam/oidc-providers.ts'
import { changeOidcProvider } from './change-oidc-provider.ts'

/** @see IAM API reference, DeleteOpenIDConnectProvider */
export const deleteOpenIdConnectProvider = changeOidcProvider(
  'DeleteOpenIDConnectProvider',
  deleteOidcProvider,
)
