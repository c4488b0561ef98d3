import { LRUCache } from 'lru-cache'
import type { Decision } from '../core/policies/decide.ts'
import type { ResourceRules } from '../core/policies/resource-rules.ts'
import type { OwnPolicies } from './identity-policies.ts'
import type { Permission } from './permission.ts'
import type { Asker } from './principal.ts'
import type { Surroundings } from './surroundings.ts'
import { varyingValue } from './varying-values.ts'

const decisionsKept = 10_000
/** Decisions kept of one caller to do one thing, which differ by what conditions asked about the request. */
const variantsKept = 8

/** What a decision was made from, besides the request's own circumstances. */
export interface Grounds {
  readonly who: Asker
  readonly permission: Permission
  readonly own: OwnPolicies
  readonly rules: ResourceRules | undefined
}

/** What changes from request to request. */
export interface Circumstances {
  readonly permission: Permission
  readonly surroundings: Surroundings
  readonly now: Date
}

interface Variant {
  readonly decision: Decision
  /** The condition keys that were asked and differ between requests, and what they were. */
  readonly asked: readonly (readonly [key: string, value: string])[]
}

interface Entry extends Omit<Grounds, 'who' | 'permission'> {
  readonly variants: Variant[]
}

/**
 * Decisions that hold for every request of one caller to do one thing that is the same in all that conditions asked about it. They hold
 * as long as the very policies do that they were made from: whoever reads others, or the same again, decides anew. What asked for the
 * time holds for that second.
 */
export class DecisionCache {
  readonly #entries = new LRUCache<string, Entry>({ max: decisionsKept })

  find(circumstances: Circumstances, grounds: Grounds): Decision | undefined {
    const entry = this.#entries.get(keyOf(grounds))
    if (entry === undefined || !isSame(entry, grounds)) return undefined
    return entry.variants.find((variant) => fits(variant, circumstances))?.decision
  }

  /** @param made the decision, and the condition keys that it asked for */
  keep(
    circumstances: Circumstances,
    grounds: Grounds,
    made: { readonly decision: Decision; readonly asked: readonly string[] },
  ): void {
    const { own, rules } = grounds
    const known = this.#entries.get(keyOf(grounds))
    const others = known && isSame(known, grounds) ? known.variants.slice(0, variantsKept - 1) : []
    const asked = made.asked.map((key) => [key, varyingValue(key, circumstances)] as const)
    const variant = { decision: made.decision, asked }
    this.#entries.set(keyOf(grounds), { own, rules, variants: [variant, ...others] })
  }
}

function keyOf({ who, permission: { action, resource, owner } }: Grounds): string {
  return `${callerKey(who)} ${action} ${owner} ${resource}`
}

/** Of who comes with a token the issuer counts, and what else conditions ask. */
function callerKey(who: Asker): string {
  if ('provider' in who) return who.provider
  if (!('userId' in who)) return who.arn
  return `${who.account} ${who.userId} ${who.arn} ${who.role?.id ?? ''} ${who.keyId ?? ''}`
}

/** Policies are never changed, only replaced: the same object says the same. */
function isSame(entry: Entry, { own, rules }: Grounds): boolean {
  return (
    entry.own === own &&
    entry.rules?.resource === rules?.resource &&
    entry.rules?.registry === rules?.registry
  )
}

function fits({ asked }: Variant, circumstances: Circumstances): boolean {
  return asked.every(([key, value]) => varyingValue(key, circumstances) === value)
}
