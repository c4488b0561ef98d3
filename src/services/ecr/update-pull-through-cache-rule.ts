import type {
  UpdatePullThroughCacheRuleRequest,
  UpdatePullThroughCacheRuleResponse,
} from '@aws-sdk/client-ecr'
import { updateCacheRule } from '../../registry/pull-through/update-cache-rule.ts'
import { cacheRuleMembers } from './cache-rule-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRequestedRegistry } from './permissions.ts'
import { requestedRegistry } from './requested-repository.ts'

/**
 * Changes the credentials of a rule; where it leads stays.
 *
 * @see Amazon ECR API reference, UpdatePullThroughCacheRule
 */
export const updatePullThroughCacheRule: EcrAction<
  UpdatePullThroughCacheRuleRequest,
  UpdatePullThroughCacheRuleResponse
> = {
  operation: 'UpdatePullThroughCacheRule',
  permissions: onRequestedRegistry('ecr:UpdatePullThroughCacheRule'),
  async run(input, call, { registry }) {
    const key = requestedRegistry(input, call)
    const { ecrRepositoryPrefix: prefix, credentialArn, customRoleArn } = input
    const rule = await updateCacheRule(registry, key, prefix, { credentialArn, customRoleArn })
    const { upstreamRegistryUrl: _unchanged, ...members } = cacheRuleMembers(key, rule)
    return { ...members, updatedAt: rule.updatedAt }
  },
}
