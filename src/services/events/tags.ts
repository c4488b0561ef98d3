import type { Tag } from '@aws-sdk/client-eventbridge'
import { checkResourceTags, withResourceTags } from '../../core/repositories/resource-tags.ts'
import type { Checked } from '../checked.ts'

/** The tags of a request. @throws TooManyTagsError, InvalidTagParameterError */
export function readTags(given: Checked<readonly Tag[]> | undefined): ReadonlyMap<string, string> {
  const tags = new Map((given ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value]))
  checkResourceTags(tags)
  return withResourceTags(new Map(), tags)
}

export function tagShapes(tags: ReadonlyMap<string, string>): Tag[] {
  return Array.from(tags, ([Key, Value]) => ({ Key, Value }))
}
