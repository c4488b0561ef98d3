import type { Iam } from '../../access/iam/iam.ts'
import { findManagedPolicy } from '../../access/iam/managed-policies.ts'
import type { Entity, EntityKind } from '../../core/iam/entity.ts'
import { noSuchPolicy } from '../../core/iam/iam-errors.ts'
import { nounOf } from './entity-shape.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onPolicy } from './permissions.ts'

interface Filter {
  /** `User`, `Group` or `Role`; other values ask for policies, which hold no policy. */
  readonly EntityFilter?: string
  readonly PathPrefix?: string
  readonly PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary'
}

/** Whom a policy is attached to, and whose boundary it is. @see IAM API reference, ListEntitiesForPolicy */
export const listEntitiesForPolicy: IamAction<PolicyRequest & PagedInput & Filter> = {
  operation: 'ListEntitiesForPolicy',
  permissions: onPolicy('ListEntitiesForPolicy'),
  async run(input, call, iam) {
    const { account } = call.caller
    const { PolicyArn: arn, EntityFilter: kind, PathPrefix: prefix = '/' } = input
    if ((await findManagedPolicy(iam.metadata, account, arn)) === undefined) throw noSuchPolicy(arn)
    const holders = (await holdersOf(arn, input, iam)).filter(
      (entity) =>
        entity.account === account &&
        entity.path.startsWith(prefix) &&
        (kind === undefined || kind === nounOf(entity.kind)),
    )
    const { rows, paging } = await pageOf(call, input, holders, ({ id }) => id)
    return {
      PolicyUsers: shapesOf('user', rows),
      PolicyGroups: shapesOf('group', rows),
      PolicyRoles: shapesOf('role', rows),
      ...paging,
    }
  },
}

async function holdersOf(arn: string, { PolicyUsageFilter: use }: Filter, { metadata }: Iam) {
  const attached = use === 'PermissionsBoundary' ? [] : await metadata.iam.attachedTo(arn)
  const bounded = use === 'PermissionsPolicy' ? [] : await metadata.iam.boundedBy(arn)
  const byId = new Map([...attached, ...bounded].map((entity) => [entity.id, entity]))
  return [...byId.values()]
}

function shapesOf(kind: EntityKind, holders: readonly Entity[]) {
  const noun = nounOf(kind)
  return holders
    .filter((entity) => entity.kind === kind)
    .map(({ id, name }) => ({ [`${noun}Name`]: name, [`${noun}Id`]: id }))
}
