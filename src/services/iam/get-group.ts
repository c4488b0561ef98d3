import { listedShape } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** A group, and a page of its users. @see IAM API reference, GetGroup */
export const getGroup: IamAction<EntityRequest & PagedInput> = {
  operation: 'GetGroup',
  permissions: onEntity('group', 'GetGroup'),
  async run(input, call, iam) {
    const group = await findRequested('group', input, call, iam)
    const members = await iam.metadata.iam.membersOf(group.id)
    const { rows, paging } = await pageOf(call, input, members, ({ name }) => name.toLowerCase())
    return { Group: listedShape(group), Users: rows.map(listedShape), ...paging }
  },
}
