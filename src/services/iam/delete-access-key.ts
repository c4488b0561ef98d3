import { deleteUserKey } from '../../access/iam/user-keys.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** @see IAM API reference, DeleteAccessKey */
export const deleteAccessKey: IamAction<EntityRequest & { readonly AccessKeyId: string }> = {
  operation: 'DeleteAccessKey',
  permissions: onEntity('user', 'DeleteAccessKey'),
  async run(input, call, iam) {
    await deleteUserKey(iam, await findRequested('user', input, call, iam), input.AccessKeyId)
    return {}
  },
}
