import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** None: instance profiles belong to EC2, which isn't here. Tools ask before they delete a role. @see IAM API reference */
export const listInstanceProfilesForRole: IamAction<EntityRequest> = {
  operation: 'ListInstanceProfilesForRole',
  permissions: onEntity('role', 'ListInstanceProfilesForRole'),
  async run(input, call, iam) {
    await findRequested('role', input, call, iam)
    return { InstanceProfiles: [], IsTruncated: false }
  },
}
