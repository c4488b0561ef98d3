import { InvalidParameterError } from '../core/errors.ts'
import { isRoleArn } from '../core/names/arn.ts'
import { parseRepositoryPolicy } from '../core/policies/repository-policy.ts'
import type { TemplateSettings } from '../core/repositories/creation-template.ts'
import { checkResourceTags, withResourceTags } from '../core/repositories/resource-tags.ts'
import { readPolicy } from './lifecycle/read-policy.ts'

/**
 * Settings that repositories can be made with: what their own operations would refuse is refused here, so that no pull or push
 * finds it out later. An empty policy is none. The lifecycle policy comes back compacted, the repository's as ECR prints it.
 *
 * @throws InvalidParameterError at `appliedFor`, `customRoleArn`, `LifecyclePolicyText`, `PolicyText`
 * @throws InvalidTagParameterError, TooManyTagsError
 */
export function checkTemplate(settings: TemplateSettings): TemplateSettings {
  const { appliedFor, resourceTags, customRoleArn, lifecyclePolicy, repositoryPolicy } = settings
  if (appliedFor.length < 1) {
    throw new InvalidParameterError('appliedFor', 'Member must have length greater than or equal to 1')
  }
  checkResourceTags(resourceTags)
  withResourceTags(new Map(), resourceTags)
  if (customRoleArn !== undefined && !isRoleArn(customRoleArn)) {
    throw new InvalidParameterError('customRoleArn', 'Invalid ARN')
  }
  return {
    ...settings,
    appliedFor: [...new Set(appliedFor)],
    repositoryPolicy: repositoryPolicy ? parseRepositoryPolicy(repositoryPolicy).text : undefined,
    lifecyclePolicy: lifecyclePolicy
      ? readPolicy({ text: lifecyclePolicy, language: 'ecr' }).text
      : undefined,
  }
}
