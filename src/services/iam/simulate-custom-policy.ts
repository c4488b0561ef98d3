import { simulatePolicies } from '../../access/iam/simulate-policies.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'
import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'
import { simulatedCaller } from './simulated-caller.ts'
import { simulationPage } from './simulation-page.ts'
import { readSimulation, type SimulationInput } from './simulation-request.ts'

/** Tries policies that hang on nobody. @see IAM API reference, SimulateCustomPolicy */
export const simulateCustomPolicy: IamAction<
  SimulationInput & { readonly PolicyInputList: readonly string[] }
> = {
  operation: 'SimulateCustomPolicy',
  permissions: onAccount('SimulateCustomPolicy'),
  async run(input, call, iam) {
    const { given: identity, ...asked } = await readSimulation(input, call, iam)
    if (asked.resourcePolicies.length > 0 && input.CallerArn === undefined) {
      throw new InvalidInputError('CallerArn must be given with a ResourcePolicy')
    }
    const { who, tags } = await simulatedCaller(input.CallerArn, call, iam)
    const request = { ...asked, identity, who, tags, now: iam.now() }
    return simulationPage(call, input, request, simulatePolicies(request))
  },
}
