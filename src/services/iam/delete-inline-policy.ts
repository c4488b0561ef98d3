import { findEntity } from '../../access/iam/find-entity.ts'
import { changeIam } from '../../access/iam/iam.ts'
import { requireModifiable } from '../../access/iam/require-modifiable.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { noSuchInlinePolicy } from './no-such-inline-policy.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** DeleteUserPolicy, DeleteGroupPolicy, DeleteRolePolicy. @see IAM API reference */
export function deletePolicyOf(kind: EntityKind): IamAction<EntityRequest & { readonly PolicyName: string }> {
  const operation = `Delete${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await changeIam(iam, async (tx) => {
        const entity = await findEntity(tx, requestedEntity(kind, input, call))
        requireModifiable(entity)
        const deleted = await tx.iam.deleteInlinePolicy(entity.id, input.PolicyName)
        if (!deleted) throw noSuchInlinePolicy(kind, input.PolicyName)
      })
      return {}
    },
  }
}
