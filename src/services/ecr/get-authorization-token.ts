import type {
  AuthorizationData,
  GetAuthorizationTokenRequest,
  GetAuthorizationTokenResponse,
} from '@aws-sdk/client-ecr'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Call } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import type { EcrContext } from './ecr-context.ts'
import { onRegistry } from './permissions.ts'
import { proxyEndpoint } from './registry-addresses.ts'
import { requestedRegistry } from './requested-repository.ts'

/**
 * Gives the caller passwords for `docker login`, one for each registry asked for. A token gives no rights by itself: it says who
 * the caller is, and each request made with it is decided on its own.
 *
 * @see Amazon ECR API reference, GetAuthorizationToken
 */
export const getAuthorizationToken: EcrAction<GetAuthorizationTokenRequest, GetAuthorizationTokenResponse> = {
  operation: 'GetAuthorizationToken',
  permissions: onRegistry('ecr:GetAuthorizationToken'),
  async run({ registryIds }, call, context) {
    const registries = registryIds?.map((registryId) => requestedRegistry({ registryId }, call))
    const asked = registries ?? [call.registry]
    return { authorizationData: asked.map((registry) => authorizationFor(registry, call, context)) }
  },
}

function authorizationFor(
  registry: RegistryKey,
  call: Call,
  { tokens, registryAddresses }: EcrContext,
): AuthorizationData {
  const { password, expiresAt } = tokens.issue(call.caller, registry)
  return {
    authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
    expiresAt,
    proxyEndpoint: proxyEndpoint(registryAddresses, registry, call.endpoint),
  }
}
