import { putBoundary } from '../../access/iam/permissions-boundaries.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** PutUserPermissionsBoundary, PutRolePermissionsBoundary. @see IAM API reference */
export function putBoundaryOf(
  kind: 'user' | 'role',
): IamAction<EntityRequest & { readonly PermissionsBoundary: string }> {
  const operation = `Put${nounOf(kind)}PermissionsBoundary`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await putBoundary(iam, requestedEntity(kind, input, call), input.PermissionsBoundary)
      return {}
    },
  }
}
