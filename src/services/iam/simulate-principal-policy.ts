import { simulatePolicies } from '../../access/iam/simulate-policies.ts'
import { managedPolicy, policiesOfEntity } from '../../access/iam/simulated-policies.ts'
import type { IamAction } from './iam-action.ts'
import { findPolicySource, onPolicySource, type PolicySourceRequest } from './policy-source.ts'
import { callerOfEntity, simulatedCaller } from './simulated-caller.ts'
import { simulationPage } from './simulation-page.ts'
import { readSimulation, type SimulationInput } from './simulation-request.ts'

/**
 * Tries the policies of a user, a group or a role, and others that it might have as well, within its boundary or another one.
 *
 * @see IAM API reference, SimulatePrincipalPolicy
 */
export const simulatePrincipalPolicy: IamAction<SimulationInput & PolicySourceRequest> = {
  operation: 'SimulatePrincipalPolicy',
  permissions: onPolicySource('SimulatePrincipalPolicy'),
  async run(input, call, iam) {
    const entity = await findPolicySource(input, call, iam)
    const { given, ...asked } = await readSimulation(input, call, iam)
    const own = await iam.metadata.iam.boundary(entity.id)
    const [ownBoundary] = own === undefined ? [] : await managedPolicy(iam.metadata, own)
    const { who, tags } =
      input.CallerArn === undefined
        ? callerOfEntity(entity)
        : await simulatedCaller(input.CallerArn, call, iam)
    const request = {
      ...asked,
      identity: [...(await policiesOfEntity(iam.metadata, entity)), ...given],
      boundary: asked.boundary ?? ownBoundary,
      who,
      tags,
      now: iam.now(),
    }
    return simulationPage(call, input, request, simulatePolicies(request))
  },
}
