import { repositoryArn } from '../core/names/arn.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Permission } from './permission.ts'
import { tagConditions } from './tag-conditions.ts'

/**
 * What making a repository needs, whoever asks for it: the right to create it and, if it gets tags, to tag it, with the tags for
 * policies to see.
 *
 * @see Amazon ECR API reference, CreateRepository; Service authorization reference, "Amazon Elastic Container Registry"
 */
export function creationPermissions(
  repository: RepositoryKey,
  resourceTags: ReadonlyMap<string, string>,
): readonly Permission[] {
  const context = tagConditions(resourceTags)
  const actions = resourceTags.size === 0 ? [] : ['ecr:TagResource']
  return ['ecr:CreateRepository', ...actions].map((action) => ({
    action,
    resource: repositoryArn(repository),
    owner: repository.account,
    within: repository,
    context,
  }))
}
