import type { GetRepositoryPolicyRequest, GetRepositoryPolicyResponse } from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { getRepositoryPolicy as get } from '../../registry/get-repository-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/** @see Amazon ECR API reference, GetRepositoryPolicy */
export const getRepositoryPolicy: EcrAction<GetRepositoryPolicyRequest, GetRepositoryPolicyResponse> = {
  operation: 'GetRepositoryPolicy',
  permissions: onRepository('ecr:GetRepositoryPolicy'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const policyText = await showPolicy(registry.metadata, await get(registry, repository))
    return { registryId: repository.account, repositoryName: repository.name, policyText }
  },
}
