import type { DeleteRepositoryPolicyRequest, DeleteRepositoryPolicyResponse } from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { deleteRepositoryPolicy as remove } from '../../registry/delete-repository-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/** @see Amazon ECR API reference, DeleteRepositoryPolicy */
export const deleteRepositoryPolicy: EcrAction<
  DeleteRepositoryPolicyRequest,
  DeleteRepositoryPolicyResponse
> = {
  operation: 'DeleteRepositoryPolicy',
  permissions: onRepository('ecr:DeleteRepositoryPolicy'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const policyText = await showPolicy(registry.metadata, await remove(registry, repository))
    return { registryId: repository.account, repositoryName: repository.name, policyText }
  },
}
