import { InvalidParameterError, InvalidRequestError } from '../core/errors.ts'
import { isRoleArn } from '../core/names/arn.ts'
import type { TemplateSettings } from '../core/repositories/creation-template.ts'
import { checkResourceTags, withResourceTags } from '../core/repositories/resource-tags.ts'
import { readPolicy } from './lifecycle/read-policy.ts'

/**
 * Settings that repositories can be made with: what their own operations would refuse is refused here, so that no pull or push
 * finds it out later. An empty policy is none. The lifecycle policy comes back compacted.
 *
 * @throws InvalidParameterError at `appliedFor`, `customRoleArn`, `LifecyclePolicyText`
 * @throws InvalidTagParameterError, TooManyTagsError
 */
export function checkTemplate(settings: TemplateSettings): TemplateSettings {
  const { appliedFor, resourceTags, customRoleArn, lifecyclePolicy, repositoryPolicy } = settings
  if (repositoryPolicy)
    throw new InvalidRequestError('Repository policies are not offered by this registry yet.')
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
    lifecyclePolicy: lifecyclePolicy
      ? readPolicy({ text: lifecyclePolicy, language: 'ecr' }).text
      : undefined,
  }
}
