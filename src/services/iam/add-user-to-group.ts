import { findEntity } from '../../access/iam/find-entity.ts'
import { changeIam } from '../../access/iam/iam.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** @see IAM API reference, AddUserToGroup */
export const addUserToGroup: IamAction<EntityRequest> = {
  operation: 'AddUserToGroup',
  permissions: onEntity('group', 'AddUserToGroup'),
  async run(input, call, iam) {
    await changeIam(iam, async (tx) => {
      const group = await findEntity(tx, requestedEntity('group', input, call))
      const user = await findEntity(tx, requestedEntity('user', input, call))
      await tx.iam.addMember(group.id, user.id)
    })
    return {}
  },
}
