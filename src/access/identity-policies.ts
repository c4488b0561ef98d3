import type { ConditionValues } from '../core/policies/condition-context.ts'
import type { NamedPolicy } from '../core/policies/decide.ts'
import type { Principal } from './principal.ts'

/** What a principal's own account lets it do. */
export interface OwnPolicies {
  /** Its own policies, its groups' and its role's. */
  readonly identity: readonly NamedPolicy[]
  readonly boundary?: NamedPolicy | undefined
  /** Those that its session was begun with, if any: it can do no more than each of them allows. */
  readonly session?: readonly NamedPolicy[] | undefined
  /** For `aws:PrincipalTag`. */
  readonly tags?: ReadonlyMap<string, string>
  /** What conditions can ask about its session, such as `aws:TokenIssueTime`; the same as long as the session. */
  readonly values?: ConditionValues
}

/** Where the policies of users and roles are found. An account's root has none and is never asked for. */
export interface IdentityPolicies {
  of(principal: Principal): OwnPolicies | Promise<OwnPolicies>
}

/** Nobody's account has given anybody anything. */
export const noIdentityPolicies: IdentityPolicies = { of: () => ({ identity: [] }) }
