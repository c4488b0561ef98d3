import type { PutImageTagMutabilityRequest, PutImageTagMutabilityResponse } from '@aws-sdk/client-ecr'
import { setTagMutability } from '../../registry/set-tag-mutability.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'
import { readTagMutability, tagMutabilityMembers } from './tag-mutability-members.ts'

/**
 * Replaces a repository's tag mutability, filters included. Tags that exist stay as they are.
 *
 * @see Amazon ECR API reference, PutImageTagMutability
 */
export const putImageTagMutability: EcrAction<PutImageTagMutabilityRequest, PutImageTagMutabilityResponse> = {
  operation: 'PutImageTagMutability',
  permissions: onRepository('ecr:PutImageTagMutability'),
  async run(input, call, { registry }) {
    const { account, region, name } = requestedRepository(input, call)
    const setting = readTagMutability(input)
    await setTagMutability(registry, { account, region, name }, setting)
    return { registryId: account, repositoryName: name, ...tagMutabilityMembers(setting) }
  },
}
