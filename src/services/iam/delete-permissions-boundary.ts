import { deleteBoundary } from '../../access/iam/permissions-boundaries.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** DeleteUserPermissionsBoundary, DeleteRolePermissionsBoundary. @see IAM API reference */
export function deleteBoundaryOf(kind: 'user' | 'role'): IamAction<EntityRequest> {
  const operation = `Delete${nounOf(kind)}PermissionsBoundary`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await deleteBoundary(iam, requestedEntity(kind, input, call))
      return {}
    },
  }
}
