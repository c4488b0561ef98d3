import type { Iam } from '../../access/iam/iam.ts'
import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import type { ManagedPolicy } from '../../core/iam/managed-policy.ts'
import { readPage } from '../page.ts'
import type { Call } from '../service.ts'
import type { IamAction } from './iam-action.ts'
import { defaultPageSize, type PagedInput, pagingShape } from './iam-page.ts'
import { onAccount } from './permissions.ts'
import { policyShape } from './policy-shape.ts'

interface Filter {
  readonly Scope?: 'All' | 'AWS' | 'Local'
  readonly OnlyAttached?: boolean
  readonly PathPrefix?: string
  readonly PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary'
}

const readAtOnce = 100

/** AWS's policies by name, and then the account's own. @see IAM API reference, ListPolicies */
export const listPolicies: IamAction<PagedInput & Filter> = {
  operation: 'ListPolicies',
  permissions: onAccount('ListPolicies'),
  async run(input, call, iam) {
    const { rows, nextToken } = await readPage(call, {
      size: input.MaxItems ?? defaultPageSize,
      read: (limit) => readPolicies(input, limit, call, iam),
      positionOf: ({ place }) => place,
    })
    return { Policies: rows.map(({ shape }) => shape), ...pagingShape(nextToken) }
  },
}

type Shape = Awaited<ReturnType<typeof policyShape>>
type Listed = { readonly place: string; readonly shape: Shape }

async function readPolicies(input: Filter, limit: number, call: Call, iam: Iam): Promise<Listed[]> {
  const { PathPrefix: prefix = '/' } = input
  const found: Listed[] = []
  for await (const [place, policy] of policiesInOrder(input, call, iam)) {
    if (found.length === limit) break
    if (!policy.path.startsWith(prefix)) continue
    const shape = await policyShape(policy, call, iam)
    if (isUsed(shape, input)) found.push({ place, shape })
  }
  return found
}

/** Each with its place in the order, from the one after the page's position. */
async function* policiesInOrder(
  { Scope: scope = 'All' }: Filter,
  { caller, pages: { position } }: Call,
  { metadata }: Iam,
): AsyncGenerator<readonly [place: string, policy: ManagedPolicy]> {
  const after = typeof position === 'string' ? position : ''
  const ofAws = [...awsManagedPolicies.values()].map(
    ({ policy }) => [placeOf('aws', policy), policy] as const,
  )
  if (scope !== 'Local') yield* ofAws.filter(([place]) => place > after).toSorted(byPlace)
  if (scope === 'AWS') return
  let name = after.startsWith('own/') ? after.slice('own/'.length) : undefined
  for (;;) {
    const page = await metadata.iam.policies(caller.account, { after: name, limit: readAtOnce })
    yield* page.map((policy) => [placeOf('own', policy), policy] as const)
    if (page.length < readAtOnce) return
    name = page.at(-1)?.name.toLowerCase()
  }
}

function placeOf(whose: 'aws' | 'own', { name }: ManagedPolicy): string {
  return `${whose}/${name.toLowerCase()}`
}

function byPlace([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}

function isUsed(
  { AttachmentCount: attached, PermissionsBoundaryUsageCount: bounding }: Shape,
  { OnlyAttached: onlyAttached = false, PolicyUsageFilter: use }: Filter,
): boolean {
  if (use === 'PermissionsBoundary') return bounding > 0
  return (use === undefined && !onlyAttached) || attached > 0
}
