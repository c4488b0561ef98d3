import type {
  DeleteSigningConfigurationRequest,
  DeleteSigningConfigurationResponse,
} from '@aws-sdk/client-ecr'
import { deleteSigningRules } from '../../registry/signing/delete-signing-rules.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { signingMembers } from './signing-members.ts'

/**
 * Takes the registry's signing rules away; signatures stay.
 *
 * @see Amazon ECR API reference, DeleteSigningConfiguration
 */
export const deleteSigningConfiguration: EcrAction<
  DeleteSigningConfigurationRequest,
  DeleteSigningConfigurationResponse
> = {
  operation: 'DeleteSigningConfiguration',
  permissions: onRegistry('ecr:DeleteSigningConfiguration'),
  async run(_input, call, { registry }) {
    const rules = await deleteSigningRules(registry, call.registry)
    return { registryId: call.registry.account, signingConfiguration: signingMembers(rules) }
  },
}
