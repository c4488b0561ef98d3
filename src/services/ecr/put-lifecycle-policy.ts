import type { PutLifecyclePolicyRequest, PutLifecyclePolicyResponse } from '@aws-sdk/client-ecr'
import { putLifecyclePolicy as put } from '../../registry/put-lifecycle-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Puts a lifecycle policy in the place of the one before; its text comes back compacted.
 *
 * @see Amazon ECR API reference, PutLifecyclePolicy
 */
export const putLifecyclePolicy: EcrAction<PutLifecyclePolicyRequest, PutLifecyclePolicyResponse> = {
  operation: 'PutLifecyclePolicy',
  permissions: onRepository('ecr:PutLifecyclePolicy'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const text = await put(registry, repository, { text: input.lifecyclePolicyText, language: 'ecr' })
    return { registryId: repository.account, repositoryName: repository.name, lifecyclePolicyText: text }
  },
}
