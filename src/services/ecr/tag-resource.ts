import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-ecr'
import { tagConditions } from '../../access/tag-conditions.ts'
import { putResourceTags } from '../../registry/put-resource-tags.ts'
import type { EcrAction } from './ecr-action.ts'
import { repositoryPermission } from './permissions.ts'
import { readResourceTags, taggedRepository } from './resource-tags.ts'

/**
 * Adds resource tags to a repository; a key it has already gets the new value.
 *
 * @see Amazon ECR API reference, TagResource
 */
export const tagResource: EcrAction<TagResourceRequest, TagResourceResponse> = {
  operation: 'TagResource',
  permissions(input, call) {
    const conditions = tagConditions(readResourceTags(input.tags))
    return [repositoryPermission('ecr:TagResource', taggedRepository(input, call), conditions)]
  },
  async run(input, call, { registry }) {
    await putResourceTags(registry, taggedRepository(input, call), readResourceTags(input.tags))
    return {}
  },
}
