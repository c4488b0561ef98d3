import { updateEntity } from '../../access/iam/entities.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** @see IAM API reference, UpdateUser */
export const updateUser: IamAction<
  EntityRequest & { readonly NewUserName?: string; readonly NewPath?: string }
> = {
  operation: 'UpdateUser',
  permissions: onEntity('user', 'UpdateUser'),
  async run(input, call, iam) {
    const { NewUserName: name, NewPath: path } = input
    const changes = { ...(name !== undefined && { name }), ...(path !== undefined && { path }) }
    await updateEntity(iam, requestedEntity('user', input, call), () => changes)
    return {}
  },
}
