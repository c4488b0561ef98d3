import type { SimulationResult } from '../../access/iam/simulate-policies.ts'
import type { SimulatedPolicy } from '../../access/iam/simulated-policies.ts'
import type { Decision } from '../../core/policies/decide.ts'
import { statementPositions } from '../../core/policies/statement-positions.ts'

/**
 * A result of a simulation as IAM's answers have it.
 *
 * @param policies those that took part
 * @see IAM API reference, EvaluationResult
 */
export function simulationShape(
  { action, resource, decision, matched, missing }: SimulationResult,
  policies: readonly SimulatedPolicy[],
  boundary: SimulatedPolicy | undefined,
) {
  const EvalDecision = verdict(decision)
  const MatchedStatements = matched.flatMap(({ policy, index }) => {
    const known = policies.find((one) => one === policy)
    return known ? [statementShape(known, index)] : []
  })
  const details = {
    MatchedStatements,
    MissingContextValues: missing,
    ...(boundary && {
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: isWithin(decision) },
    }),
  }
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision,
    ...details,
    ...(resource !== '*' && {
      ResourceSpecificResults: [
        { EvalResourceName: resource, EvalResourceDecision: EvalDecision, ...details },
      ],
    }),
  }
}

function verdict(decision: Decision): 'allowed' | 'explicitDeny' | 'implicitDeny' {
  if (decision.allowed) return 'allowed'
  return decision.explicit ? 'explicitDeny' : 'implicitDeny'
}

function isWithin(decision: Decision): boolean {
  return decision.allowed || decision.place !== 'boundary'
}

function statementShape({ name, text, source }: SimulatedPolicy, index: number) {
  const position = statementPositions(text)[index]
  return {
    SourcePolicyId: name,
    SourcePolicyType: source,
    ...(position && {
      StartPosition: { Line: position.start.line, Column: position.start.column },
      EndPosition: { Line: position.end.line, Column: position.end.column },
    }),
  }
}
