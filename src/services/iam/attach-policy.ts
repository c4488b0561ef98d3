import { findEntity } from '../../access/iam/find-entity.ts'
import { changeIam } from '../../access/iam/iam.ts'
import { requireAttachable } from '../../access/iam/require-attachable.ts'
import { requireModifiable } from '../../access/iam/require-modifiable.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { IamLimitExceededError } from '../../core/iam/iam-errors.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction, PolicyRequest } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

const policiesPerEntity = 10

/** AttachUserPolicy, AttachGroupPolicy, AttachRolePolicy. @see IAM API reference */
export function attachOf(kind: EntityKind): IamAction<EntityRequest & PolicyRequest> {
  const operation = `Attach${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { PolicyArn: arn } = input
      await changeIam(iam, async (tx) => {
        const entity = await findEntity(tx, requestedEntity(kind, input, call))
        requireModifiable(entity)
        await requireAttachable(tx, call.caller.account, arn)
        checkNumber(kind, [...(await tx.iam.attachments(entity.id)), arn])
        await tx.iam.attach(entity.id, arn)
      })
      return {}
    },
  }
}

function checkNumber(kind: EntityKind, attached: readonly string[]): void {
  if (new Set(attached).size <= policiesPerEntity) return
  throw new IamLimitExceededError(`Cannot exceed quota for PoliciesPer${nounOf(kind)}: ${policiesPerEntity}`)
}
