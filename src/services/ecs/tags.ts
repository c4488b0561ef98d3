import type { Tag } from '@aws-sdk/client-ecs'
import type { Permission } from '../../access/permission.ts'
import { tagConditions } from '../../access/tag-conditions.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { checkResourceTags } from '../../core/repositories/resource-tags.ts'
import type { Checked } from '../checked.ts'

/** Tags that one resource may carry. @see Amazon ECS developer guide, "How Amazon ECS resources are tagged" */
const mostTags = 50

/** The tags of a request. @throws InvalidTagParameterError, EcsInvalidParameterError for a key that is given twice */
export function readTags(given: Checked<readonly Tag[]> = []): ReadonlyMap<string, string> {
  const tags = new Map(given.map(({ key = '', value = '' }) => [key, value]))
  if (tags.size < given.length) throw new EcsInvalidParameterError('Duplicate tag keys found.')
  checkResourceTags(tags)
  return tags
}

/** @throws EcsInvalidParameterError when a resource would have more than 50 tags with those that are added */
export function checkTagCount(tags: ReadonlyMap<string, string>, added: ReadonlyMap<string, string>): void {
  if (new Set([...tags.keys(), ...added.keys()]).size <= mostTags) return
  throw new EcsInvalidParameterError(`A resource can have up to ${mostTags} tags.`)
}

export function tagShapes(tags: ReadonlyMap<string, string>): Checked<Tag>[] {
  return Array.from(tags, ([key, value]) => ({ key, value }))
}

/** What making something needs: the right to make it and, with tags, to tag it, with the tags for policies to see. */
export function creationPermissions(
  permission: Permission,
  taggedArn: string,
  tags: ReadonlyMap<string, string>,
): readonly Permission[] {
  const conditions = tagConditions(tags)
  const creation = { ...permission, context: { ...permission.context, ...conditions } }
  if (tags.size === 0) return [creation]
  const context = { ...creation.context, 'ecs:CreateAction': permission.action.replace('ecs:', '') }
  return [creation, { action: 'ecs:TagResource', resource: taggedArn, owner: permission.owner, context }]
}
