import { parseResourcePolicy, type ResourcePolicy } from './resource-policy.ts'

/**
 * What a registry's policy has a say in: with `V1` what other accounts and upstream registries bring, with `V2` every request to
 * the registry.
 *
 * @see Amazon ECR user guide, "Registry policy scope"
 */
export type RegistryPolicyScope = 'V1' | 'V2'

const narrow = new Set(['ecr:replicateimage', 'ecr:batchimportupstreamimage', 'ecr:createrepository'])
const ofEcr = /^(?:\*|ecr:.+)$/i

/** Nobody's registry lets anyone log in: that is for the caller's own policies to say. */
const login = 'ecr:getauthorizationtoken'

/**
 * Reads a registry's policy. Each of its statements names resources; with scope `V1` it knows three actions alone.
 *
 * @throws InvalidParameterError at `PolicyText`
 * @see Amazon ECR user guide, "Private registry permissions in Amazon ECR"
 */
export function parseRegistryPolicy(text: string, scope: RegistryPolicyScope): ResourcePolicy {
  const allowsAction = (action: string) =>
    scope === 'V1' ? narrow.has(action.toLowerCase()) : ofEcr.test(action)
  return parseResourcePolicy(text, { kind: 'registry', allowsAction, needsResource: true })
}

/** Whether a registry's policy has a say in an action. */
export function isGovernedByRegistry(action: string, scope: RegistryPolicyScope): boolean {
  const name = action.toLowerCase()
  return scope === 'V1' ? narrow.has(name) : name !== login
}
