import { parseResourcePolicy, type ResourcePolicy } from './resource-policy.ts'

const ofEcr = /^(?:\*|ecr:.+)$/i

/**
 * Reads a repository's policy. It speaks of that repository and of ECR's actions alone.
 *
 * @throws InvalidParameterError at `PolicyText`
 * @see Amazon ECR user guide, "Private repository policies in Amazon ECR"
 */
export function parseRepositoryPolicy(text: string): ResourcePolicy {
  const allowsAction = (action: string) => ofEcr.test(action)
  return parseResourcePolicy(text, { kind: 'repository', allowsAction, needsResource: false })
}
