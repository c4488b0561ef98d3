import { findEntity } from '../../access/iam/find-entity.ts'
import { changeIam } from '../../access/iam/iam.ts'
import { requireModifiable } from '../../access/iam/require-modifiable.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { noSuchPolicy } from '../../core/iam/iam-errors.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction, PolicyRequest } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** DetachUserPolicy, DetachGroupPolicy, DetachRolePolicy. @see IAM API reference */
export function detachOf(kind: EntityKind): IamAction<EntityRequest & PolicyRequest> {
  const operation = `Detach${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await changeIam(iam, async (tx) => {
        const entity = await findEntity(tx, requestedEntity(kind, input, call))
        requireModifiable(entity)
        const detached = await tx.iam.detach(entity.id, input.PolicyArn)
        if (!detached) throw noSuchPolicy(input.PolicyArn)
      })
      return {}
    },
  }
}
