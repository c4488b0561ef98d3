import type { GetSigningConfigurationRequest, GetSigningConfigurationResponse } from '@aws-sdk/client-ecr'
import { SigningConfigurationNotFoundError } from '../../core/signing/errors.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { signingMembers } from './signing-members.ts'

/**
 * The registry's signing rules.
 *
 * @see Amazon ECR API reference, GetSigningConfiguration
 */
export const getSigningConfiguration: EcrAction<
  GetSigningConfigurationRequest,
  GetSigningConfigurationResponse
> = {
  operation: 'GetSigningConfiguration',
  permissions: onRegistry('ecr:GetSigningConfiguration'),
  async run(_input, call, { registry }) {
    const rules = await registry.metadata.signing.rules(call.registry)
    if (rules === undefined) throw new SigningConfigurationNotFoundError()
    return { registryId: call.registry.account, signingConfiguration: signingMembers(rules) }
  },
}
