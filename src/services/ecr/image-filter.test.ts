import { expect, test } from 'vitest'
import { isWanted, readImageFilter } from './image-filter.ts'

test('without a filter, every image is wanted', () => {
  expect(readImageFilter()).toEqual({ tagStatus: 'ANY', active: true })
})

test.each([
  [{ tagStatus: 'TAGGED' }, ['v1'], true],
  [{ tagStatus: 'TAGGED' }, undefined, false],
  [{ tagStatus: 'UNTAGGED' }, ['v1'], false],
  [{ tagStatus: 'UNTAGGED' }, undefined, true],
  [{ tagStatus: 'ANY' }, ['v1'], true],
  [{ tagStatus: 'ANY' }, undefined, true],
  [{ imageStatus: 'ACTIVE' }, ['v1'], true],
  [{ imageStatus: 'ANY' }, undefined, true],
  [{ imageStatus: 'ARCHIVED' }, ['v1'], false],
  [{ imageStatus: 'ACTIVATING' }, undefined, false],
  [{ imageStatus: 'ARCHIVED', tagStatus: 'ANY' }, undefined, false],
] as const)('under %j, an image with tags %j is wanted: %s', (filter, tags, wanted) => {
  expect(isWanted(readImageFilter(filter), tags)).toBe(wanted)
})
