import { expect, test } from 'vitest'
import { InvalidTagParameterError } from '../../core/errors.ts'
import { readResourceTags, tagConditions } from './resource-tags.ts'

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

test('policies can ask for the keys and for each value', () => {
  const tags = new Map([
    ['team', 'web'],
    ['cost', '7'],
  ])
  expect(tagConditions(tags)).toEqual({
    'aws:TagKeys': ['team', 'cost'],
    'aws:RequestTag/team': 'web',
    'aws:RequestTag/cost': '7',
  })
})

test('without tags there is nothing to ask for', () => {
  expect(tagConditions(new Map())).toEqual({})
})
