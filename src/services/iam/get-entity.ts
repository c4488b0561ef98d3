import type { EntityKind } from '../../core/iam/entity.ts'
import { entityShape, nounOf, roleLastUsed } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** GetUser, GetRole. @see IAM API reference */
export function getOf(kind: EntityKind): IamAction<EntityRequest> {
  const noun = nounOf(kind)
  return {
    operation: `Get${noun}`,
    permissions: onEntity(kind, `Get${noun}`),
    async run(input, call, iam) {
      if (kind === 'role') await iam.uses.roleUses.flush()
      const entity = await findRequested(kind, input, call, iam)
      return { [noun]: { ...(await entityShape(entity, iam.metadata)), ...roleLastUsed(entity) } }
    },
  }
}
