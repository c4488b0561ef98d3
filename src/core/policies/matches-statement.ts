import type { AccessRequest } from './access-request.ts'
import type { ConditionContext } from './condition-context.ts'
import { fits } from './glob.ts'
import type { ActionPatterns, ResourcePatterns, Statement } from './policy-document.ts'

/** Whether a statement speaks of an action, its case aside. */
export function matchesAction({ negated, patterns }: ActionPatterns, action: string): boolean {
  const name = action.toLowerCase()
  return patterns.some((pattern) => fits(pattern, name)) !== negated
}

/** Whether a statement is about this request, as far as resource and conditions go. */
export function matchesRest(statement: Statement, request: AccessRequest): boolean {
  return isAboutResource(statement, request) && statement.conditions.every((holds) => holds(request.context))
}

export function isAboutResource({ resources }: Statement, { resource, context }: AccessRequest): boolean {
  return resources === undefined || matchesResource(resources, resource, context)
}

/** A variable the request knows nothing of fits no resource; under `NotResource` it excludes none. */
export function matchesResource(
  { negated, patterns }: ResourcePatterns,
  resource: string,
  context: ConditionContext,
): boolean {
  return patterns.some((fitsPattern) => fitsPattern(resource, context)) !== negated
}
