import type { AccountId } from '../../core/names/account-id.ts'
import type { Caller } from '../../core/policies/access-request.ts'
import { ConditionContext, type ConditionValues } from '../../core/policies/condition-context.ts'
import { type Simulation, simulate } from '../../core/policies/simulate.ts'
import { callerOf } from '../caller-of.ts'
import { principalValues, tagValues, timeValues } from '../condition-values.ts'
import type { Principal } from '../principal.ts'
import type { SimulatedPolicy } from './simulated-policies.ts'

/** Policies, and the requests that they are to be tried on. */
export interface SimulationRequest {
  /** Undefined where nothing is known of the caller but the account. */
  readonly who: Principal | undefined
  readonly account: AccountId
  /** Tags of the caller. */
  readonly tags: Readonly<Record<string, string>>
  readonly identity: readonly SimulatedPolicy[]
  readonly boundary: SimulatedPolicy | undefined
  readonly resourcePolicies: readonly SimulatedPolicy[]
  readonly owner: AccountId
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** What is said of the request, which goes before what is known of the caller. */
  readonly values: ConditionValues
  readonly now: Date
}

/** What would become of one action on one resource. */
export interface SimulationResult extends Simulation {
  readonly action: string
  readonly resource: string
}

/** Tries each action on each resource, by the same decision procedure that requests go through. */
export function simulatePolicies(request: SimulationRequest): SimulationResult[] {
  const { identity, boundary, resourcePolicies, owner } = request
  const caller = callerIn(request)
  const values = knownValues(request)
  return request.actions.flatMap((action) =>
    request.resources.map((resource) => {
      const context = new ConditionContext(values)
      const asked = { caller, action, resource, owner, context }
      return { action, resource, ...simulate(asked, { identity, boundary, resource: resourcePolicies }) }
    }),
  )
}

function callerIn({ who, account }: SimulationRequest): Caller {
  return who ? callerOf(who) : { kind: 'user', account, arn: `arn:aws:iam::${account}:user/`, id: '' }
}

function knownValues({ who, tags, owner, values, now }: SimulationRequest): ConditionValues {
  return {
    ...timeValues(now),
    'aws:ResourceAccount': owner,
    ...(who && principalValues({ who, caller: callerOf(who) })),
    ...tagValues('aws:PrincipalTag', new Map(Object.entries(tags))),
    ...values,
  }
}
