import type { NamedPolicy } from '../../core/policies/decide.ts'
import { type PolicyKind, parsePolicy } from '../../core/policies/parse-policy.ts'

/** @throws PolicyDocumentError for a text that is damaged: nobody gets by a policy that can't be read */
export function readResourcePolicy(
  text: string,
  name: string,
  kind: Exclude<PolicyKind, 'identity'> = 'resource',
): NamedPolicy {
  return { name, document: parsePolicy(text, kind) }
}
