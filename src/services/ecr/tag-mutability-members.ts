import type { ImageTagMutabilityExclusionFilter } from '@aws-sdk/client-ecr'
import type { TagMutability, TagMutabilitySetting } from '../../core/repositories/repository.ts'
import { tagMutabilitySetting } from '../../core/repositories/tag-mutability-setting.ts'

/**
 * Reads the members of a request that set a repository's tag mutability; MUTABLE when it sets none.
 *
 * @throws InvalidParameterError at `imageTagMutabilityExclusionFilters`
 */
export function readTagMutability(request: {
  readonly imageTagMutability?: TagMutability
  readonly imageTagMutabilityExclusionFilters?: readonly { readonly filter: string }[]
}): TagMutabilitySetting {
  const filters = request.imageTagMutabilityExclusionFilters?.map(({ filter }) => filter)
  return tagMutabilitySetting(request.imageTagMutability ?? 'MUTABLE', filters)
}

/** The same members in a response; the filters are absent where there are none. */
export function tagMutabilityMembers({ mode, exclusions }: TagMutabilitySetting): {
  imageTagMutability: TagMutability
  imageTagMutabilityExclusionFilters?: ImageTagMutabilityExclusionFilter[]
} {
  if (exclusions.length === 0) return { imageTagMutability: mode }
  const filters = exclusions.map((filter) => ({ filterType: 'WILDCARD' as const, filter }))
  return { imageTagMutability: mode, imageTagMutabilityExclusionFilters: filters }
}
