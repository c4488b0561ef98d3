import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-ecr'
import { findRepository } from '../../registry/find-repository.ts'
import type { EcrAction } from './ecr-action.ts'
import { repositoryPermission } from './permissions.ts'
import { taggedRepository } from './resource-tags.ts'

/**
 * Lists a repository's resource tags by key.
 *
 * @see Amazon ECR API reference, ListTagsForResource
 */
export const listTagsForResource: EcrAction<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  operation: 'ListTagsForResource',
  permissions: (input, call) => [
    repositoryPermission('ecr:ListTagsForResource', taggedRepository(input, call)),
  ],
  async run(input, call, { registry }) {
    const { id } = await findRepository(registry, taggedRepository(input, call))
    const tags = await registry.metadata.resourceTags.of(id)
    return { tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }
  },
}
