import type { AccessRequest } from './access-request.ts'
import { distinct } from './condition-keys.ts'
import {
  type ApplicablePolicies,
  type Decision,
  decide,
  matchingStatements,
  type NamedPolicy,
} from './decide.ts'
import { isAboutResource, matchesAction } from './matches-statement.ts'

/** What would become of a request, and why. */
export interface Simulation {
  readonly decision: Decision
  /** The statements that it comes from: those that deny, or else those that allow. */
  readonly matched: readonly { readonly policy: NamedPolicy; readonly index: number }[]
  /** Condition keys that statements about the action and the resource ask for, and that nothing is known of. */
  readonly missing: readonly string[]
}

/**
 * Decides a request as `decide` does, and tells all statements that have a part in it.
 *
 * @see IAM user guide, "IAM policy testing with the IAM policy simulator"
 */
export function simulate(request: AccessRequest, policies: ApplicablePolicies): Simulation {
  const decision = decide(request, policies)
  const { identity, resource, boundary, session = [] } = policies
  const all = [...identity, ...(boundary ? [boundary] : []), ...session, ...resource]
  return { decision, matched: matchedBy(decision, request, all), missing: missingKeys(request, all) }
}

function matchedBy(
  decision: Decision,
  request: AccessRequest,
  policies: readonly NamedPolicy[],
): Simulation['matched'] {
  if (decision.allowed) return matchingStatements(request, policies, 'Allow')
  return decision.explicit ? matchingStatements(request, policies, 'Deny') : []
}

function missingKeys(request: AccessRequest, policies: readonly NamedPolicy[]): string[] {
  const statements = policies
    .flatMap(({ document }) => document.statements)
    .filter(
      (statement) =>
        matchesAction(statement.actions, request.action) &&
        (statement.keys.length === 0 || isAboutResource(statement, request)),
    )
  const keys = statements.flatMap((statement) => statement.keys)
  return distinct(keys).filter((key) => request.context.values(key).length === 0)
}
