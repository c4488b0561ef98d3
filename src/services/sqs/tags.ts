import { checkResourceTags, withResourceTags } from '../../core/repositories/resource-tags.ts'

/** The tags of a request. @throws InvalidTagParameterError, TooManyTagsError */
export function readTags(given: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  const tags = new Map(Object.entries(given))
  checkResourceTags(tags)
  return withResourceTags(new Map(), tags)
}
