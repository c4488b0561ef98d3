import type { Iam } from '../../access/iam/iam.ts'
import type { SimulationRequest } from '../../access/iam/simulate-policies.ts'
import { boundPolicy, givenPolicies, type SimulatedPolicy } from '../../access/iam/simulated-policies.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import type { Call } from '../service.ts'
import type { PagedInput } from './iam-page.ts'

/** What both simulations take. */
export interface SimulationInput extends PagedInput {
  readonly PolicyInputList?: readonly string[]
  readonly PermissionsBoundaryPolicyInputList?: readonly string[]
  readonly ActionNames: readonly string[]
  readonly ResourceArns?: readonly string[]
  readonly ResourcePolicy?: string
  /** The ARN of an account: `arn:aws:iam::111122223333:root`. */
  readonly ResourceOwner?: string
  readonly CallerArn?: string
  readonly ContextEntries?: readonly {
    readonly ContextKeyName?: string
    readonly ContextKeyValues?: readonly string[]
  }[]
}

/**
 * What a simulation is to be about, its caller and the caller's own policies aside.
 *
 * @throws InvalidInputError
 */
export async function readSimulation(
  input: SimulationInput,
  { caller }: Call,
  { metadata }: Iam,
): Promise<
  Pick<
    SimulationRequest,
    'account' | 'boundary' | 'resourcePolicies' | 'owner' | 'actions' | 'resources' | 'values'
  > & { readonly given: readonly SimulatedPolicy[] }
> {
  const {
    PolicyInputList = [],
    PermissionsBoundaryPolicyInputList = [],
    ResourcePolicy,
    ResourceArns,
  } = input
  const own = { kind: 'identity', source: 'none' } as const
  const bounding = { ...own, list: 'PermissionsBoundaryPolicyInputList' }
  const [boundary, ...others] = givenPolicies(PermissionsBoundaryPolicyInputList, bounding)
  if (others.length > 0) throw new InvalidInputError('There can be only one permissions boundary')
  const [, , , , owner = ''] = input.ResourceOwner?.split(':') ?? ['', '', '', '', caller.account]
  if (!isAccountId(owner)) throw new InvalidInputError(`Invalid Resource Owner: ${input.ResourceOwner}`)
  const ofResource = { list: 'ResourcePolicy', kind: 'resource', source: 'resource' } as const
  return {
    given: givenPolicies(PolicyInputList, { ...own, list: 'PolicyInputList' }),
    account: caller.account,
    boundary,
    resourcePolicies: await Promise.all(
      givenPolicies(ResourcePolicy === undefined ? [] : [ResourcePolicy], ofResource).map((policy) =>
        boundPolicy(metadata, policy),
      ),
    ),
    owner,
    actions: input.ActionNames.map(checkAction),
    resources: ResourceArns && ResourceArns.length > 0 ? ResourceArns : ['*'],
    values: readEntries(input.ContextEntries),
  }
}

function checkAction(action: string): string {
  if (/^[a-zA-Z0-9-]+:[a-zA-Z0-9]+$/.test(action)) return action
  throw new InvalidInputError(`Invalid Action: ${action}`)
}

function readEntries(entries: SimulationInput['ContextEntries'] = []): SimulationRequest['values'] {
  return Object.fromEntries(
    entries.flatMap(({ ContextKeyName: key, ContextKeyValues: values = [] }) =>
      key === undefined ? [] : [[key, values]],
    ),
  )
}
