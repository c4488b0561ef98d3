import type { Tag } from '@aws-sdk/client-sns'
import { checkResourceTags, withResourceTags } from '../../core/repositories/resource-tags.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import type { Checked } from '../checked.ts'

/** The tags of a request. @throws InvalidTopicParameterError, TooManyTagsError, InvalidTagParameterError */
export function readTags(given: Checked<readonly Tag[]> | undefined): ReadonlyMap<string, string> {
  const pairs = (given ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value] as const)
  const tags = new Map(pairs)
  if (tags.size < pairs.length) throw new InvalidTopicParameterError('Duplicated keys are not allowed.')
  checkResourceTags(tags)
  return withResourceTags(new Map(), tags)
}
