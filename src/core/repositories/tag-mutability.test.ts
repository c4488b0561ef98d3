import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTag, type Tag } from '../names/tag.ts'
import { immutableBy } from './tag-mutability.ts'

const filters = ['dev*', '*-latest']
const anyTag = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/).map((text): Tag => parseTag(text))

describe('a pushed tag', () => {
  test.each([
    ['MUTABLE', [], 'v1', undefined],
    ['IMMUTABLE', [], 'v1', 'repository'],
    ['IMMUTABLE_WITH_EXCLUSION', filters, 'v1', 'tag'],
    ['IMMUTABLE_WITH_EXCLUSION', filters, 'dev4', undefined],
    ['IMMUTABLE_WITH_EXCLUSION', filters, 'app-latest', undefined],
    ['IMMUTABLE_WITH_EXCLUSION', filters, 'app-latest2', 'tag'],
    ['IMMUTABLE_WITH_EXCLUSION', filters, 'DEV4', 'tag'],
    ['MUTABLE_WITH_EXCLUSION', filters, 'v1', undefined],
    ['MUTABLE_WITH_EXCLUSION', filters, 'dev4', 'tag'],
    ['MUTABLE_WITH_EXCLUSION', filters, 'my-dev4', undefined],
  ] as const)('under %s with filters %j: %s is immutable by %s', (mode, exclusions, tag, expected) => {
    expect(immutableBy({ mode, exclusions }, parseTag(tag))).toBe(expected)
  })

  test('may move under one exclusion mode exactly when it may not under the other', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), anyTag, (exclusions, tag) => {
        const mutable = immutableBy({ mode: 'MUTABLE_WITH_EXCLUSION', exclusions }, tag) === undefined
        expect(immutableBy({ mode: 'IMMUTABLE_WITH_EXCLUSION', exclusions }, tag) === undefined).toBe(
          !mutable,
        )
      }),
    )
  })
})
