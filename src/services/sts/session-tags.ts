import { InvalidParameterValueError } from '../../core/iam/iam-errors.ts'
import type { StoredSession } from '../../stores/metadata/iam.ts'

/** What a request says of a session's tags, by STS's names. */
export interface SessionTagsRequest {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly TransitiveTagKeys?: readonly string[]
}

/** Tags of a session, and the keys of those that the sessions begun from it have as well. */
export interface SessionTags {
  /** With those that come from the calling session. */
  readonly tags: Readonly<Record<string, string>>
  readonly transitiveTagKeys: readonly string[]
}

const isSame = (one: string) => (other: string) => one.toLowerCase() === other.toLowerCase()

/**
 * The tags that a session gets: those of the request, and those that the calling session hands on.
 *
 * @throws InvalidParameterValueError for keys that stand there twice, aren't among the tags, or are handed on and given again
 * @see IAM user guide, "Pass session tags in AWS STS", "Chaining roles with session tags"
 */
export function sessionTags(
  { Tags: given = [], TransitiveTagKeys: transitive = [] }: SessionTagsRequest,
  from: Pick<StoredSession, 'tags' | 'transitiveTagKeys'> = {},
): SessionTags {
  const keys = given.map(({ Key }) => Key)
  if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length) {
    throw new InvalidParameterValueError(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    )
  }
  if (transitive.some((key) => !keys.some(isSame(key)))) {
    throw new InvalidParameterValueError(
      'The specified transitive tag key must be included in the requested tags.',
    )
  }
  const handedOn = from.transitiveTagKeys ?? []
  if (keys.some((key) => handedOn.some(isSame(key)))) {
    throw new InvalidParameterValueError(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  const inherited = Object.entries(from.tags ?? {}).filter(([key]) => handedOn.some(isSame(key)))
  const own = given.map(({ Key, Value }) => [Key, Value] as const)
  return {
    tags: Object.fromEntries([...inherited, ...own]),
    transitiveTagKeys: [...handedOn, ...transitive],
  }
}
