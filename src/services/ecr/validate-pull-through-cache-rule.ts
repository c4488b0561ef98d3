import type {
  ValidatePullThroughCacheRuleRequest,
  ValidatePullThroughCacheRuleResponse,
} from '@aws-sdk/client-ecr'
import { validateCacheRule } from '../../registry/pull-through/validate-cache-rule.ts'
import { cacheRuleMembers } from './cache-rule-members.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRequestedRegistry } from './permissions.ts'
import { requestedRegistry } from './requested-repository.ts'

/**
 * Looks whether the upstream of a rule lets Berth in with the rule's credentials; what is in the way is no error but an answer.
 *
 * @see Amazon ECR API reference, ValidatePullThroughCacheRule
 */
export const validatePullThroughCacheRule: EcrAction<
  ValidatePullThroughCacheRuleRequest,
  ValidatePullThroughCacheRuleResponse
> = {
  operation: 'ValidatePullThroughCacheRule',
  permissions: onRequestedRegistry('ecr:ValidatePullThroughCacheRule'),
  async run(input, call, { registry }) {
    const key = requestedRegistry(input, call)
    const { rule, failure } = await validateCacheRule(registry, key, input.ecrRepositoryPrefix)
    return { ...cacheRuleMembers(key, rule), isValid: failure === undefined, failure }
  },
}
