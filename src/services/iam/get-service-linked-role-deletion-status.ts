import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

const taskId = /^task\/aws-service-role\/[a-z.-]+\/\w+\/[0-9a-f-]{36}$/

/** A deletion is over when its id is given. @see IAM API reference, GetServiceLinkedRoleDeletionStatus */
export const getServiceLinkedRoleDeletionStatus: IamAction<{ readonly DeletionTaskId: string }> = {
  operation: 'GetServiceLinkedRoleDeletionStatus',
  permissions: onAccount('GetServiceLinkedRoleDeletionStatus'),
  async run({ DeletionTaskId: id }) {
    if (!taskId.test(id)) throw new NoSuchEntityError(`Deletion task ${id} cannot be found.`)
    return { Status: 'SUCCEEDED' }
  },
}
