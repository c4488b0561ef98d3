import { matchesWildcard } from '../repositories/wildcard.ts'
import type { LifecycleImage, LifecycleRule, TagSelection } from './policy.ts'

/**
 * Whether a rule is about this image at all: its storage class and its tags. An image on its way back from the archive is in neither
 * class.
 */
export function selects({ storage, tags }: LifecycleRule, image: LifecycleImage): boolean {
  const wanted = storage === 'standard' ? 'ACTIVE' : 'ARCHIVED'
  return image.storage === wanted && hasTags(tags, image.tags)
}

/** Each entry of a list needs a tag, and one tag may serve several. */
function hasTags(selection: TagSelection, tags: readonly string[]): boolean {
  if (selection.status === 'any') return true
  if (selection.status === 'untagged') return tags.length === 0
  if (tags.length === 0) return false
  return 'prefixes' in selection
    ? selection.prefixes.every((prefix) => tags.some((tag) => tag.startsWith(prefix)))
    : selection.patterns.every((pattern) => tags.some((tag) => matchesWildcard(pattern, tag)))
}
