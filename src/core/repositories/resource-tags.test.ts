import { describe, expect, test } from 'vitest'
import { InvalidTagParameterError, TooManyTagsError } from './errors.ts'
import { checkResourceTags, withResourceTags } from './resource-tags.ts'

function many(count: number): Map<string, string> {
  return new Map(Array.from({ length: count }, (_, at) => [`key${at}`, 'value']))
}

describe('resource tags', () => {
  test.each([
    ['k', ''],
    ['k'.repeat(128), 'v'.repeat(256)],
    ['not aws:', 'aws:fine'],
    ['awsome', 'x'],
    ['Größe 1_2.3:4/5=6+7-8@9', '重要'],
  ])('may be %j=%j', (key, value) => {
    expect(() => checkResourceTags(new Map([[key, value]]))).not.toThrow()
  })

  test.each([
    ['', 'v'],
    ['k'.repeat(129), 'v'],
    ['k', 'v'.repeat(257)],
    ['aws:owner', 'v'],
    ['AWS:owner', 'v'],
    ['k\0', 'v'],
    ['k', 'v\n'],
    ['k', '<v>'],
  ])('may not be %j=%j', (key, value) => {
    expect(() => checkResourceTags(new Map([[key, value]]))).toThrow(InvalidTagParameterError)
  })

  test('are fifty at the most, those already there included', () => {
    expect(withResourceTags(many(49), new Map([['new', 'v']])).size).toBe(50)
    expect(() => withResourceTags(many(50), new Map([['new', 'v']]))).toThrow(TooManyTagsError)
  })

  test('are overwritten without counting twice', () => {
    const tags = withResourceTags(many(50), new Map([['key7', 'new value']]))
    expect(tags.size).toBe(50)
    expect(tags.get('key7')).toBe('new value')
  })
})
