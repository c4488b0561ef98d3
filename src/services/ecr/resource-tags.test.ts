import { expect, test } from 'vitest'
import { InvalidTagParameterError } from '../../core/repositories/errors.ts'
import { readResourceTags } from './resource-tags.ts'

test('tags are read in the order given', () => {
  const tags = readResourceTags([
    { Key: 'team', Value: 'web' },
    { Key: 'cost', Value: '' },
  ])
  expect([...tags]).toEqual([
    ['team', 'web'],
    ['cost', ''],
  ])
})

test('a request without tags has none', () => {
  expect(readResourceTags(undefined).size).toBe(0)
})

test('a key given twice is refused, whatever its values', () => {
  const twice = [
    { Key: 'team', Value: 'web' },
    { Key: 'team', Value: 'web' },
  ]
  expect(() => readResourceTags(twice)).toThrow(InvalidTagParameterError)
})
