import { listedShape } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** @see IAM API reference, ListGroupsForUser */
export const listGroupsForUser: IamAction<EntityRequest & PagedInput> = {
  operation: 'ListGroupsForUser',
  permissions: onEntity('user', 'ListGroupsForUser'),
  async run(input, call, iam) {
    const { id } = await findRequested('user', input, call, iam)
    const groups = await iam.metadata.iam.groupsOf(id)
    const { rows, paging } = await pageOf(call, input, groups, ({ name }) => name.toLowerCase())
    return { Groups: rows.map(listedShape), ...paging }
  },
}
