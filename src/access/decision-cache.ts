import { LRUCache } from 'lru-cache'
import type { Decision } from '../core/policies/decide.ts'
import type { ResourceRules } from '../core/policies/resource-rules.ts'
import type { OwnPolicies } from './identity-policies.ts'
import type { Permission } from './permission.ts'
import type { Anonymous, Principal } from './principal.ts'

const decisionsKept = 10_000

/** What a decision was made from. */
export interface Grounds {
  readonly who: Principal | Anonymous
  readonly permission: Permission
  readonly own: OwnPolicies
  readonly rules: ResourceRules | undefined
}

interface Entry extends Omit<Grounds, 'who' | 'permission'> {
  readonly decision: Decision
}

/**
 * Decisions that hold for every request of one caller to do one thing, because no condition had a say. They hold as long as the very
 * policies do that they were made from: whoever reads others, or the same again, decides anew.
 */
export class DecisionCache {
  readonly #entries = new LRUCache<string, Entry>({ max: decisionsKept })

  find(grounds: Grounds): Decision | undefined {
    const entry = this.#entries.get(keyOf(grounds))
    return entry && isSame(entry, grounds) ? entry.decision : undefined
  }

  keep(grounds: Grounds, decision: Decision): void {
    const { own, rules } = grounds
    this.#entries.set(keyOf(grounds), { own, rules, decision })
  }
}

function keyOf({ who, permission: { action, resource, owner } }: Grounds): string {
  const caller = 'anonymous' in who ? who.arn : `${who.account} ${who.userId} ${who.arn}`
  return `${caller} ${action} ${owner} ${resource}`
}

/** Policies are never changed, only replaced: the same object says the same. */
function isSame(entry: Entry, { own, rules }: Grounds): boolean {
  return (
    entry.own === own &&
    entry.rules?.repository === rules?.repository &&
    entry.rules?.registry === rules?.registry
  )
}
