import { updateEntity } from '../../access/iam/entities.ts'
import { entityShape } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { findRequested, requestedEntity } from './requested-entity.ts'

/** @see IAM API reference, UpdateRoleDescription */
export const updateRoleDescription: IamAction<EntityRequest & { readonly Description: string }> = {
  operation: 'UpdateRoleDescription',
  permissions: onEntity('role', 'UpdateRoleDescription'),
  async run(input, call, iam) {
    const { Description: description } = input
    await updateEntity(iam, requestedEntity('role', input, call), ({ details }) => ({
      details: { ...details, description },
    }))
    return { Role: await entityShape(await findRequested('role', input, call, iam), iam.metadata) }
  },
}
