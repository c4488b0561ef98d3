import { createUserKey } from '../../access/iam/user-keys.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** @see IAM API reference, CreateAccessKey */
export const createAccessKey: IamAction<EntityRequest> = {
  operation: 'CreateAccessKey',
  permissions: onEntity('user', 'CreateAccessKey'),
  async run(input, call, iam) {
    const user = await findRequested('user', input, call, iam)
    const { id, secret, createdAt } = await createUserKey(iam, user)
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: id,
        Status: 'Active',
        SecretAccessKey: secret,
        CreateDate: createdAt,
      },
    }
  },
}
