import { InvalidParameterError } from '../errors.ts'
import type { TagMutability, TagMutabilitySetting } from './repository.ts'

const field = 'imageTagMutabilityExclusionFilters'
const maxFilters = 5
const maxStars = 2
const filterPattern = /^[0-9a-zA-Z._*-]{1,128}$/

/**
 * Makes the setting of a repository. The `_WITH_EXCLUSION` modes need one to five filters, the plain modes take
 * none; a filter is 1 to 128 of `[0-9a-zA-Z._*-]` with at most two `*`.
 *
 * @throws InvalidParameterError at `imageTagMutabilityExclusionFilters`
 * @see Amazon ECR API reference, PutImageTagMutability
 */
export function tagMutabilitySetting(
  mode: TagMutability,
  filters: readonly string[] | undefined,
): TagMutabilitySetting {
  if (mode === 'MUTABLE' || mode === 'IMMUTABLE') {
    if (filters !== undefined) throw refused(`${nameOfFilters} must be null ${whenSetAs(mode)}`)
    return { mode, exclusions: [] }
  }
  if (filters === undefined) throw refused(`${nameOfFilters} can't be null ${whenSetAs(mode)}`)
  checkFilters(filters)
  return { mode, exclusions: [...filters] }
}

const nameOfFilters = 'ImageTagMutabilityExclusionFilters'

function whenSetAs(mode: TagMutability): string {
  return `when imageTagMutability is set as ${mode}`
}

function checkFilters(filters: readonly string[]): void {
  if (filters.length < 1) throw refused('Member must have length greater than or equal to 1')
  if (filters.length > maxFilters)
    throw refused(`Member must have length less than or equal to ${maxFilters}`)
  for (const filter of filters) {
    if (!filterPattern.test(filter))
      throw refused(`must satisfy regular expression '${filterPattern.source}'`)
    if (filter.split('*').length - 1 > maxStars) {
      throw refused(`a filter must have at most ${maxStars} wildcards (*)`)
    }
  }
}

function refused(constraint: string): InvalidParameterError {
  return new InvalidParameterError(field, constraint)
}
