import type {
  CreatePullThroughCacheRuleRequest,
  CreatePullThroughCacheRuleResponse,
} from '@aws-sdk/client-ecr'
import { createCacheRule } from '../../registry/pull-through/create-cache-rule.ts'
import { cacheRuleShape } from './cache-rule-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRequestedRegistry } from './permissions.ts'
import { requestedRegistry } from './requested-repository.ts'

/**
 * Has the repositories under a prefix cached from another registry.
 *
 * @see Amazon ECR API reference, CreatePullThroughCacheRule
 */
export const createPullThroughCacheRule: EcrAction<
  CreatePullThroughCacheRuleRequest,
  CreatePullThroughCacheRuleResponse
> = {
  operation: 'CreatePullThroughCacheRule',
  permissions: onRequestedRegistry('ecr:CreatePullThroughCacheRule'),
  async run(input, call, { registry }) {
    const key = requestedRegistry(input, call)
    const rule = await createCacheRule(registry, key, {
      prefix: input.ecrRepositoryPrefix,
      upstreamUrl: input.upstreamRegistryUrl,
      upstreamKind: input.upstreamRegistry,
      upstreamPrefix: input.upstreamRepositoryPrefix,
      credentialArn: input.credentialArn,
      customRoleArn: input.customRoleArn,
    })
    const { updatedAt: _unchanged, ...members } = cacheRuleShape(key, rule)
    return members
  },
}
