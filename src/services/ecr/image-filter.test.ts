import { expect, test } from 'vitest'
import { isWanted, readImageFilter } from './image-filter.ts'

test('without a filter, a list shows what can be pulled, and images asked for one by one are shown in any state', () => {
  expect(readImageFilter()).toEqual({ tagStatus: 'ANY', imageStatus: 'ACTIVE' })
  expect(readImageFilter({}, 'ANY')).toEqual({ tagStatus: 'ANY', imageStatus: 'ANY' })
})

test.each([
  [{ tagStatus: 'TAGGED' }, 'ACTIVE', ['v1'], true],
  [{ tagStatus: 'TAGGED' }, 'ACTIVE', undefined, false],
  [{ tagStatus: 'TAGGED' }, 'ARCHIVED', ['v1'], false],
  [{ tagStatus: 'UNTAGGED' }, 'ACTIVE', ['v1'], false],
  [{ tagStatus: 'UNTAGGED' }, 'ACTIVE', undefined, true],
  [{ tagStatus: 'ANY' }, 'ACTIVE', ['v1'], true],
  [{ imageStatus: 'ANY' }, 'ACTIVATING', undefined, true],
  [{ imageStatus: 'ARCHIVED' }, 'ACTIVE', ['v1'], false],
  [{ imageStatus: 'ARCHIVED' }, 'ARCHIVED', ['v1'], true],
  [{ imageStatus: 'ACTIVATING' }, 'ARCHIVED', undefined, false],
  [{ imageStatus: 'ARCHIVED', tagStatus: 'UNTAGGED' }, 'ARCHIVED', ['v1'], false],
] as const)('under %j, an image that is %s with tags %j is wanted: %s', (filter, storage, tags, wanted) => {
  expect(isWanted(readImageFilter(filter), { storage, tags })).toBe(wanted)
})
