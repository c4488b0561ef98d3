import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** ListUserPolicies, ListGroupPolicies, ListRolePolicies. @see IAM API reference */
export function listPoliciesOf(kind: EntityKind): IamAction<EntityRequest & PagedInput> {
  const operation = `List${nounOf(kind)}Policies`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { id } = await findRequested(kind, input, call, iam)
      const policies = await iam.metadata.iam.inlinePolicies(id)
      const { rows, paging } = await pageOf(call, input, policies, ({ name }) => name)
      return { PolicyNames: rows.map(({ name }) => name), ...paging }
    },
  }
}
