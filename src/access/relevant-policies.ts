import { LRUCache } from 'lru-cache'
import type { NamedPolicy } from '../core/policies/decide.ts'
import { type Asked, statementsAbout } from '../core/policies/statements-about.ts'

/** Things that are remembered for one list of policies. */
const thingsKept = 1_000

/** What is left of lists of policies when only what can have a say in something is kept; remembered as long as the list is. */
export class RelevantPolicies {
  readonly #known = new WeakMap<readonly NamedPolicy[], LRUCache<string, readonly NamedPolicy[]>>()

  of(policies: readonly NamedPolicy[], asked: Asked): readonly NamedPolicy[] {
    if (policies.length === 0) return policies
    const known = this.#knownOf(policies)
    const key = `${asked.action} ${asked.resource}`
    const found = known.get(key)
    if (found !== undefined) return found
    const relevant = statementsAbout(policies, asked)
    known.set(key, relevant)
    return relevant
  }

  #knownOf(policies: readonly NamedPolicy[]): LRUCache<string, readonly NamedPolicy[]> {
    const known = this.#known.get(policies) ?? new LRUCache({ max: thingsKept })
    this.#known.set(policies, known)
    return known
  }
}
