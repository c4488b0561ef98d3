import type { SimulationRequest, SimulationResult } from '../../access/iam/simulate-policies.ts'
import type { Call } from '../service.ts'
import { pageOf } from './iam-page.ts'
import type { SimulationInput } from './simulation-request.ts'
import { simulationShape } from './simulation-shape.ts'

/** One page of results, in the order in which they were asked for. */
export async function simulationPage(
  call: Call,
  input: SimulationInput,
  { identity, boundary, resourcePolicies }: SimulationRequest,
  results: readonly SimulationResult[],
) {
  const policies = [...identity, ...(boundary ? [boundary] : []), ...resourcePolicies]
  const numbered = results.map((result, at) => ({ result, place: String(at).padStart(9, '0') }))
  const { rows, paging } = await pageOf(call, input, numbered, ({ place }) => place)
  return {
    EvaluationResults: rows.map(({ result }) => simulationShape(result, policies, boundary)),
    ...paging,
  }
}
