import { invalidPolicy } from './invalid-policy.ts'
import type { LifecyclePolicy } from './policy.ts'

/**
 * Refuses a policy that needs the archive storage class, which Berth doesn't have: what should be archived must neither stay
 * without a word nor be deleted.
 *
 * @throws InvalidParameterError
 */
export function refuseArchive({ rules }: LifecyclePolicy): void {
  const rule = rules.find(({ action, storage }) => action === 'archive' || storage === 'archive')
  if (rule === undefined) return
  throw invalidPolicy(
    `This registry has no archive storage class: the rule with rulePriority ${rule.priority} can't be applied`,
  )
}
