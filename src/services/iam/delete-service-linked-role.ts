import { randomUUID } from 'node:crypto'
import { deleteServiceLinkedRole as deleteRole } from '../../access/iam/service-linked-roles.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** Removes a service's own role, at once. @see IAM API reference, DeleteServiceLinkedRole */
export const deleteServiceLinkedRole: IamAction<EntityRequest> = {
  operation: 'DeleteServiceLinkedRole',
  permissions: onEntity('role', 'DeleteServiceLinkedRole'),
  async run(input, call, iam) {
    const { path, name } = await deleteRole(iam, requestedEntity('role', input, call))
    return { DeletionTaskId: `task${path}${name}/${randomUUID()}` }
  },
}
