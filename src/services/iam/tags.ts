import type { EntityDetails } from '../../core/iam/entity.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'

export interface TagMember {
  readonly Key: string
  readonly Value: string
}

type Tags = EntityDetails['tags']

export function tagMembers(tags: Tags): TagMember[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** @throws InvalidInputError for a key that is there twice, whatever its case */
export function readTags(tags: readonly TagMember[] = []): Tags {
  if (new Set(tags.map(({ Key }) => Key.toLowerCase())).size < tags.length) {
    throw new InvalidInputError('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}

/** Tags with others put over them; a key takes the place of the one that differs from it in case alone. */
export function mergeTags(tags: Tags, put: Tags): Tags {
  return { ...withoutTags(tags, Object.keys(put)), ...put }
}

export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()))
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())))
}
