import type { AccessRequest } from '../core/policies/access-request.ts'
import { decide } from '../core/policies/decide.ts'
import { parsePolicy } from '../core/policies/parse-policy.ts'

/** Whether a resource's policy, as its text, allows a request. What is no policy allows nothing. */
export function allows(policy: string, request: AccessRequest): boolean {
  const resource = [{ name: request.resource, document: parsePolicy(policy, 'resource') }]
  return decide(request, { identity: [], resource }).allowed
}
