import type { GetLifecyclePolicyRequest, GetLifecyclePolicyResponse } from '@aws-sdk/client-ecr'
import { getLifecyclePolicy as get } from '../../registry/get-lifecycle-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { lifecycleMembers } from './lifecycle-members.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/** @see Amazon ECR API reference, GetLifecyclePolicy */
export const getLifecyclePolicy: EcrAction<GetLifecyclePolicyRequest, GetLifecyclePolicyResponse> = {
  operation: 'GetLifecyclePolicy',
  permissions: onRepository('ecr:GetLifecyclePolicy'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    return lifecycleMembers(repository, await get(registry, repository))
  },
}
