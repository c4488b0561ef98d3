import { InvalidTagParameterError, TooManyTagsError } from './errors.ts'

/** Tags one repository may carry (ECR user guide, "Tagging a private repository", Restrictions). */
const maxTags = 50
const maxKeyLength = 128
const maxValueLength = 256
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/**
 * Checks tags a user wants to put on a repository.
 *
 * @throws InvalidTagParameterError for a key that isn't 1 to 128 characters long or that starts with `aws:` in any
 *   case, for a value of more than 256 characters, and for characters other than letters, numbers, spaces and
 *   `_ . : / = + - @`
 * @see ECR user guide, "Tagging a private repository in Amazon ECR", Restrictions
 */
export function checkResourceTags(tags: ReadonlyMap<string, string>): void {
  for (const [key, value] of tags) {
    if (key.length < 1) throw new InvalidTagParameterError('Tag keys must have at least 1 character.')
    if (key.length > maxKeyLength || value.length > maxValueLength) {
      throw new InvalidTagParameterError(
        `Tag keys can have a maximum character length of ${maxKeyLength} characters, and tag values can have a maximum length of ${maxValueLength} characters.`,
      )
    }
    if (!allowed.test(key) || !allowed.test(value)) {
      throw new InvalidTagParameterError(
        'Tag keys and values can have letters, numbers, spaces and the characters _ . : / = + - @ alone.',
      )
    }
    if (key.toLowerCase().startsWith('aws:')) {
      throw new InvalidTagParameterError('Tag keys that start with aws: are reserved for AWS use.')
    }
  }
}

/**
 * The tags a repository has once `added` are put on those it has.
 *
 * @throws TooManyTagsError when that makes more than 50
 */
export function withResourceTags(
  existing: ReadonlyMap<string, string>,
  added: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const all = new Map([...existing, ...added])
  if (all.size > maxTags) throw new TooManyTagsError()
  return all
}
