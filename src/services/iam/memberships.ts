import { findEntity } from '../../access/iam/entities.ts'
import { changeIam } from '../../access/iam/iam.ts'
import { entityShape } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { findRequested, onEntity, requestedEntity } from './requested-entity.ts'

function membershipAction(operation: 'AddUserToGroup' | 'RemoveUserFromGroup'): IamAction<EntityRequest> {
  return {
    operation,
    permissions: onEntity('group', operation),
    async run(input, call, iam) {
      await changeIam(iam, async (tx) => {
        const group = await findEntity(tx, requestedEntity('group', input, call))
        const user = await findEntity(tx, requestedEntity('user', input, call))
        if (operation === 'AddUserToGroup') await tx.iam.addMember(group.id, user.id)
        else await tx.iam.removeMember(group.id, user.id)
      })
      return {}
    },
  }
}

/** @see IAM API reference, AddUserToGroup */
export const addUserToGroup = membershipAction('AddUserToGroup')

/** @see IAM API reference, RemoveUserFromGroup */
export const removeUserFromGroup = membershipAction('RemoveUserFromGroup')

/** @see IAM API reference, ListGroupsForUser */
export const listGroupsForUser: IamAction<EntityRequest> = {
  operation: 'ListGroupsForUser',
  permissions: onEntity('user', 'ListGroupsForUser'),
  async run(input, call, iam) {
    const { id } = await findRequested('user', input, call, iam)
    const groups = await iam.metadata.iam.groupsOf(id)
    return { Groups: groups.map(entityShape), IsTruncated: false }
  },
}
