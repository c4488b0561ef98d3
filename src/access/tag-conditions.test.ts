import { expect, test } from 'vitest'
import { tagConditions } from './tag-conditions.ts'

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
