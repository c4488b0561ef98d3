import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { tagMutabilitySetting } from './tag-mutability-setting.ts'

function refusal(constraint: string): Error {
  return new InvalidParameterError('imageTagMutabilityExclusionFilters', constraint)
}

describe('the tag mutability of a repository', () => {
  test.each(['MUTABLE', 'IMMUTABLE'] as const)('%s takes no filters', (mode) => {
    expect(tagMutabilitySetting(mode, undefined)).toEqual({ mode, exclusions: [] })
    const text = `ImageTagMutabilityExclusionFilters must be null when imageTagMutability is set as ${mode}`
    expect(() => tagMutabilitySetting(mode, ['v*'])).toThrow(refusal(text))
    expect(() => tagMutabilitySetting(mode, [])).toThrow(refusal(text))
  })

  describe.each(['MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION'] as const)('%s', (mode) => {
    test('takes one to five filters', () => {
      expect(tagMutabilitySetting(mode, ['v*'])).toEqual({ mode, exclusions: ['v*'] })
      const five = ['a', 'b', 'c', 'd', 'e']
      expect(tagMutabilitySetting(mode, five).exclusions).toEqual(five)
      expect(() => tagMutabilitySetting(mode, [])).toThrow(
        refusal('Member must have length greater than or equal to 1'),
      )
      expect(() => tagMutabilitySetting(mode, [...five, 'f'])).toThrow(
        refusal('Member must have length less than or equal to 5'),
      )
    })

    test('needs filters', () => {
      expect(() => tagMutabilitySetting(mode, undefined)).toThrow(
        refusal(`ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as ${mode}`),
      )
    })

    test.each(['', 'a'.repeat(129), 'a b', 'a/b', '[a-z]', 'é', 'a\n'])('refuses the filter %j', (filter) => {
      expect(() => tagMutabilitySetting(mode, ['v*', filter])).toThrow(
        refusal("must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$'"),
      )
    })

    test('takes at most two wildcards in a filter', () => {
      expect(tagMutabilitySetting(mode, ['*a*']).exclusions).toEqual(['*a*'])
      expect(() => tagMutabilitySetting(mode, ['*a*b*'])).toThrow('at most 2 wildcards')
    })
  })
})
