import { setUserKeyStatus } from '../../access/iam/user-keys.ts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** @see IAM API reference, UpdateAccessKey */
export const updateAccessKey: IamAction<
  EntityRequest & { readonly AccessKeyId: string; readonly Status: 'Active' | 'Inactive' | 'Expired' }
> = {
  operation: 'UpdateAccessKey',
  permissions: onEntity('user', 'UpdateAccessKey'),
  async run(input, call, iam) {
    const { AccessKeyId: id, Status: status } = input
    if (status === 'Expired') throw new ValidationError('A key can be made Active or Inactive alone')
    await setUserKeyStatus(iam, await findRequested('user', input, call, iam), { id, status })
    return {}
  },
}
