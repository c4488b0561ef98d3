import { checkRulesTogether } from './check-rules-together.ts'
import { invalidPolicy } from './invalid-policy.ts'
import type { LifecyclePolicy } from './policy.ts'
import { type PolicyLanguage, policySchema } from './policy-schema.ts'
import { type RuleDocument, readRule } from './read-rule.ts'
import { schemaBreaches } from './schema-breaches.ts'

/** A policy, and its text as ECR gives it back: without white space, the members in the order they came. */
export interface ParsedLifecyclePolicy {
  readonly policy: LifecyclePolicy
  readonly text: string
}

/**
 * Reads a lifecycle policy, or says all that its shape breaks, or the first thing that its rules break together.
 *
 * @throws InvalidParameterError at `LifecyclePolicyText`
 * @see Amazon ECR user guide, "Lifecycle policy properties in Amazon ECR"
 */
export function parseLifecyclePolicy(text: string, language: PolicyLanguage = 'ecr'): ParsedLifecyclePolicy {
  const document = parseJson(text)
  const breaches = schemaBreaches(policySchema(language), document)
  if (breaches.length > 0) throw invalidPolicy(breaches.join('\n'))
  const { rules } = document as { readonly rules: readonly RuleDocument[] }
  const policy = { rules: rules.map((rule) => readRule(rule, language)).sort(byPriority) }
  checkRulesTogether(policy.rules)
  return { policy, text: JSON.stringify(document) }
}

function parseJson(text: string): object {
  const document = tryParse(text)
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document
  throw invalidPolicy('Could not map policyString into LifecyclePolicy.')
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function byPriority(one: { readonly priority: number }, other: { readonly priority: number }): number {
  return one.priority - other.priority
}
