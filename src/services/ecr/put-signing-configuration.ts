import type { PutSigningConfigurationRequest, PutSigningConfigurationResponse } from '@aws-sdk/client-ecr'
import { putSigningRules } from '../../registry/signing/put-signing-rules.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { readSigningRules, signingMembers } from './signing-members.ts'

/**
 * Puts the registry's signing rules in the place of those before.
 *
 * @see Amazon ECR API reference, PutSigningConfiguration
 */
export const putSigningConfiguration: EcrAction<
  PutSigningConfigurationRequest,
  PutSigningConfigurationResponse
> = {
  operation: 'PutSigningConfiguration',
  permissions: onRegistry('ecr:PutSigningConfiguration'),
  async run({ signingConfiguration }, call, { registry }) {
    const rules = readSigningRules(signingConfiguration)
    await putSigningRules(registry, call.registry, rules)
    return { signingConfiguration: signingMembers(rules) }
  },
}
