import type { EntityRequest, IamAction } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** @see IAM API reference, ListAccessKeys */
export const listAccessKeys: IamAction<EntityRequest & PagedInput> = {
  operation: 'ListAccessKeys',
  permissions: onEntity('user', 'ListAccessKeys'),
  async run(input, call, iam) {
    const user = await findRequested('user', input, call, iam)
    const keys = await iam.metadata.iam.keysOf(user.id)
    const { rows, paging } = await pageOf(call, input, keys, ({ id }) => id)
    const AccessKeyMetadata = rows.map(({ id, status, createdAt }) => ({
      UserName: user.name,
      AccessKeyId: id,
      Status: status,
      CreateDate: createdAt,
    }))
    return { AccessKeyMetadata, ...paging }
  },
}
