import type {
  DeletePullThroughCacheRuleRequest,
  DeletePullThroughCacheRuleResponse,
} from '@aws-sdk/client-ecr'
import { deleteCacheRule } from '../../registry/pull-through/delete-cache-rule.ts'
import { cacheRuleMembers } from './cache-rule-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRequestedRegistry } from './permissions.ts'
import { requestedRegistry } from './requested-repository.ts'

/**
 * Takes a rule away; what was cached by it stays.
 *
 * @see Amazon ECR API reference, DeletePullThroughCacheRule
 */
export const deletePullThroughCacheRule: EcrAction<
  DeletePullThroughCacheRuleRequest,
  DeletePullThroughCacheRuleResponse
> = {
  operation: 'DeletePullThroughCacheRule',
  permissions: onRequestedRegistry('ecr:DeletePullThroughCacheRule'),
  async run(input, call, { registry }) {
    const key = requestedRegistry(input, call)
    const rule = await deleteCacheRule(registry, key, input.ecrRepositoryPrefix)
    return { ...cacheRuleMembers(key, rule), createdAt: rule.createdAt }
  },
}
