import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { readReference } from './reference.ts'
import { isTag, parseTag } from './tag.ts'

const tagText = fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/)

describe('a tag', () => {
  test('is any text of its alphabet', () => {
    fc.assert(fc.property(tagText, (text) => isTag(text)))
  })

  test.each(['', '.hidden', '-dash', 'a b', 'a/b', 'a:b', '..', 'a\n', 'é', 'a'.repeat(129)])(
    'is not %j',
    (text) => {
      expect(() => parseTag(text)).toThrow(
        new InvalidParameterError('imageTag', "must satisfy regular expression '[a-zA-Z0-9-_.]+'"),
      )
    },
  )
})

describe('a reference', () => {
  test('is a digest where it can be one, else a tag', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    expect(readReference(digest)).toEqual({ kind: 'digest', digest })
    fc.assert(
      fc.property(tagText, (tag) => {
        expect(readReference(tag)).toEqual({ kind: 'tag', tag })
      }),
    )
  })

  test.each(['', 'sha256:abc', 'a/b', '..', `sha256:${'A'.repeat(64)}`])('is not %j', (text) => {
    expect(readReference(text)).toBeUndefined()
  })
})
