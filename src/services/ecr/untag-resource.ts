import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-ecr'
import { removeResourceTags } from '../../registry/remove-resource-tags.ts'
import type { EcrAction } from './ecr-action.ts'
import { repositoryPermission } from './permissions.ts'
import { taggedRepository } from './resource-tags.ts'

/**
 * Removes resource tags from a repository; keys it doesn't have are passed over.
 *
 * @see Amazon ECR API reference, UntagResource
 */
export const untagResource: EcrAction<UntagResourceRequest, UntagResourceResponse> = {
  operation: 'UntagResource',
  permissions(input, call) {
    const conditions = { 'aws:TagKeys': input.tagKeys }
    return [repositoryPermission('ecr:UntagResource', taggedRepository(input, call), conditions)]
  },
  async run(input, call, { registry }) {
    await removeResourceTags(registry, taggedRepository(input, call), input.tagKeys)
    return {}
  },
}
