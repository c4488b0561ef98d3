import type { Iam } from '../../access/iam/iam.ts'
import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import type { Entity, EntityKind } from '../../core/iam/entity.ts'
import type { ManagedPolicy } from '../../core/iam/managed-policy.ts'
import { readPage } from '../page.ts'
import type { Call } from '../service.ts'
import { entityDetail, policyDetail } from './authorization-details.ts'
import type { IamAction } from './iam-action.ts'
import { defaultPageSize, type PagedInput, pagingShape } from './iam-page.ts'
import { onAccount } from './permissions.ts'

type Filter = 'User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy'

/** What is listed, in this order; each with its filter and what its place begins with. */
const sections = [
  { filter: 'Group', place: '1', kind: 'group' },
  { filter: 'Role', place: '2', kind: 'role' },
  { filter: 'User', place: '3', kind: 'user' },
  { filter: 'LocalManagedPolicy', place: '4', kind: 'policy' },
  { filter: 'AWSManagedPolicy', place: '5', kind: 'policy of AWS' },
] as const

type Found = Entity | ManagedPolicy
type Placed = { readonly place: string; readonly found: Found }

const readAtOnce = 100

/**
 * Everybody of the caller's account and every policy, with all that hangs on them; of AWS's policies those that are used.
 *
 * @see IAM API reference, GetAccountAuthorizationDetails
 */
export const getAccountAuthorizationDetails: IamAction<PagedInput & { readonly Filter?: readonly Filter[] }> =
  {
    operation: 'GetAccountAuthorizationDetails',
    permissions: onAccount('GetAccountAuthorizationDetails'),
    async run({ Filter: filter, MaxItems: size = defaultPageSize }, call, iam) {
      await iam.uses.roleUses.flush()
      const { rows, nextToken } = await readPage(call, {
        size,
        read: (limit) => readSome(filter, limit, call, iam),
        positionOf: ({ place }) => place,
      })
      const of = (kind: EntityKind) =>
        Promise.all(
          rows.flatMap(({ found }) =>
            'kind' in found && found.kind === kind ? [entityDetail(found, iam)] : [],
          ),
        )
      return {
        UserDetailList: await of('user'),
        GroupDetailList: await of('group'),
        RoleDetailList: await of('role'),
        Policies: await Promise.all(
          rows.flatMap(({ found }) => ('kind' in found ? [] : [policyDetail(found, call, iam)])),
        ),
        ...pagingShape(nextToken),
      }
    },
  }

async function readSome(
  filter: readonly Filter[] = sections.map((section) => section.filter),
  limit: number,
  call: Call,
  iam: Iam,
): Promise<Placed[]> {
  const { position } = call.pages
  const after = typeof position === 'string' ? position : ''
  const found: Placed[] = []
  for (const section of sections.filter((each) => filter.includes(each.filter) && `${each.place}~` > after)) {
    const name = after.startsWith(section.place) ? after.slice(1) : undefined
    for await (const one of section.kind === 'policy of AWS'
      ? usedOfAws(name, call, iam)
      : own(section.kind, name, call, iam)) {
      if (found.length === limit) return found
      found.push({ place: `${section.place}${one.name.toLowerCase()}`, found: one })
    }
  }
  return found
}

async function* own(
  kind: EntityKind | 'policy',
  after: string | undefined,
  { caller: { account } }: Call,
  { metadata: { iam } }: Iam,
): AsyncGenerator<Found> {
  let last = after
  for (;;) {
    const page = { after: last, limit: readAtOnce }
    const rows = await (kind === 'policy' ? iam.policies(account, page) : iam.entities(account, kind, page))
    yield* rows
    if (rows.length < readAtOnce) return
    last = rows.at(-1)?.name.toLowerCase()
  }
}

async function* usedOfAws(
  after = '',
  { caller: { account } }: Call,
  { metadata: { iam } }: Iam,
): AsyncGenerator<ManagedPolicy> {
  const byName = [...awsManagedPolicies.values()]
    .map(({ policy }) => policy)
    .filter(({ name }) => name.toLowerCase() > after)
    .toSorted((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1))
  for (const policy of byName) {
    const users = [...(await iam.attachedTo(policy.arn)), ...(await iam.boundedBy(policy.arn))]
    if (users.some((entity) => entity.account === account)) yield policy
  }
}
