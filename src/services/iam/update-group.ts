import { updateEntity } from '../../access/iam/entities.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** @see IAM API reference, UpdateGroup */
export const updateGroup: IamAction<
  EntityRequest & { readonly NewGroupName?: string; readonly NewPath?: string }
> = {
  operation: 'UpdateGroup',
  permissions: onEntity('group', 'UpdateGroup'),
  async run(input, call, iam) {
    const { NewGroupName: name, NewPath: path } = input
    const changes = { ...(name !== undefined && { name }), ...(path !== undefined && { path }) }
    await updateEntity(iam, requestedEntity('group', input, call), () => changes)
    return {}
  },
}
