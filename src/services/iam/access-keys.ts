import { createUserKey, deleteUserKey, setUserKeyStatus } from '../../access/iam/user-keys.ts'
import type { StoredCredential } from '../../stores/metadata/iam.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { findRequested, onEntity } from './requested-entity.ts'

interface KeyRequest extends EntityRequest {
  readonly AccessKeyId: string
}

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

/** @see IAM API reference, ListAccessKeys */
export const listAccessKeys: IamAction<EntityRequest> = {
  operation: 'ListAccessKeys',
  permissions: onEntity('user', 'ListAccessKeys'),
  async run(input, call, iam) {
    const user = await findRequested('user', input, call, iam)
    const keys = await iam.metadata.iam.keysOf(user.id)
    const AccessKeyMetadata = keys.map(({ id, status, createdAt }) => ({
      UserName: user.name,
      AccessKeyId: id,
      Status: status,
      CreateDate: createdAt,
    }))
    return { AccessKeyMetadata, IsTruncated: false }
  },
}

/** @see IAM API reference, UpdateAccessKey */
export const updateAccessKey: IamAction<KeyRequest & { readonly Status: StoredCredential['status'] }> = {
  operation: 'UpdateAccessKey',
  permissions: onEntity('user', 'UpdateAccessKey'),
  async run(input, call, iam) {
    const user = await findRequested('user', input, call, iam)
    await setUserKeyStatus(iam, user, { id: input.AccessKeyId, status: input.Status })
    return {}
  },
}

/** @see IAM API reference, DeleteAccessKey */
export const deleteAccessKey: IamAction<KeyRequest> = {
  operation: 'DeleteAccessKey',
  permissions: onEntity('user', 'DeleteAccessKey'),
  async run(input, call, iam) {
    await deleteUserKey(iam, await findRequested('user', input, call, iam), input.AccessKeyId)
    return {}
  },
}
