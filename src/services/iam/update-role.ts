import { updateEntity } from '../../access/iam/entities.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** @see IAM API reference, UpdateRole */
export const updateRole: IamAction<
  EntityRequest & { readonly Description?: string; readonly MaxSessionDuration?: number }
> = {
  operation: 'UpdateRole',
  permissions: onEntity('role', 'UpdateRole'),
  async run(input, call, iam) {
    const { Description: description, MaxSessionDuration: maxSession } = input
    await updateEntity(iam, requestedEntity('role', input, call), ({ details }) => ({
      details: {
        ...details,
        ...(description !== undefined && { description }),
        ...(maxSession !== undefined && { maxSession }),
      },
    }))
    return {}
  },
}
