import { deleteEntity } from '../../access/iam/entities.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** DeleteUser, DeleteGroup, DeleteRole. @see IAM API reference */
export function deleteOf(kind: EntityKind): IamAction<EntityRequest> {
  const operation = `Delete${nounOf(kind)}`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await deleteEntity(iam, requestedEntity(kind, input, call))
      return {}
    },
  }
}
