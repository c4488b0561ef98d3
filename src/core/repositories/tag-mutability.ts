import type { Tag } from '../names/tag.ts'
import type { TagMutabilitySetting } from './repository.ts'
import { matchesWildcard } from './wildcard.ts'

/** What forbids a pushed tag to move: the setting of the whole repository, or one that looks at the tag. */
export type ImmutableBy = 'repository' | 'tag'

/**
 * What makes a tag immutable, or undefined when it may move. Under the `_WITH_EXCLUSION` modes a tag that any
 * filter fits is treated the other way round.
 *
 * @see ECR user guide, "Preventing image tags from being overwritten"
 */
export function immutableBy({ mode, exclusions }: TagMutabilitySetting, tag: Tag): ImmutableBy | undefined {
  const excluded = exclusions.some((filter) => matchesWildcard(filter, tag))
  switch (mode) {
    case 'MUTABLE':
      return undefined
    case 'IMMUTABLE':
      return 'repository'
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded ? 'tag' : undefined
    case 'IMMUTABLE_WITH_EXCLUSION':
      return excluded ? undefined : 'tag'
  }
}
