import { issuerUrl, type OidcProvider } from '../../core/iam/oidc-provider.ts'
import { noVerificationKey } from '../../core/iam/web-identity-errors.ts'
import { isObject } from '../../core/policies/json-members.ts'
import { type IssuerKey, readKeySet } from './key-set.ts'

/**
 * Gets a JSON document of an issuer.
 *
 * @throws IdpCommunicationError where trying again may help, InvalidIdentityTokenError where it won't
 */
export type FetchDocument = (
  url: URL,
  limits: { readonly maxBytes: number; readonly thumbprints: readonly string[] },
) => Promise<unknown>

/** Bytes that an issuer's two documents have at the most. */
const largestDiscovery = 65_536
const largestKeySet = 524_288

/**
 * Fetches the keys with which an issuer signs, from where it says itself.
 *
 * @throws IdpCommunicationError, InvalidIdentityTokenError
 * @see OpenID Connect Discovery 1.0, 4.3, "OpenID Provider Configuration Validation"
 */
export async function fetchKeys(
  provider: OidcProvider,
  fetchDocument: FetchDocument,
): Promise<readonly IssuerKey[]> {
  const { thumbprints } = provider
  const issuer = issuerUrl(provider)
  const discovery = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const about = await fetchDocument(discovery, { maxBytes: largestDiscovery, thumbprints })
  if (!isObject(about) || about.issuer !== issuer) {
    throw noVerificationKey(`${discovery} is not the configuration of ${issuer}`)
  }
  const keys = typeof about.jwks_uri === 'string' ? URL.parse(about.jwks_uri) : null
  if (keys?.protocol !== 'https:') throw noVerificationKey(`${discovery} names no key set at an https URL`)
  return readKeySet(await fetchDocument(keys, { maxBytes: largestKeySet, thumbprints }))
}
