import type { DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse } from '@aws-sdk/client-ecr'
import { deleteLifecyclePolicy as remove } from '../../registry/delete-lifecycle-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { lifecycleMembers } from './lifecycle-members.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/** @see Amazon ECR API reference, DeleteLifecyclePolicy */
export const deleteLifecyclePolicy: EcrAction<DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse> = {
  operation: 'DeleteLifecyclePolicy',
  permissions: onRepository('ecr:DeleteLifecyclePolicy'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    return lifecycleMembers(repository, await remove(registry, repository))
  },
}
