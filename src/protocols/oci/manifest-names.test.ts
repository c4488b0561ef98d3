import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidParameterError } from '../../core/errors.ts'
import { readManifestNames } from './manifest-names.ts'
import { OciError } from './refusal.ts'

const sha256 = `sha256:${'a'.repeat(64)}`
const sha512 = `sha512:${'b'.repeat(128)}`

test('a tag is the one name of what is pushed under it', () => {
  expect(readManifestNames('v1', new URLSearchParams('other=x'))).toEqual({ tags: ['v1'] })
})

test.each([sha256, sha512])('%s takes any number of tags along, each once', (digest) => {
  const tag = fc.stringMatching(/^\w[\w.-]{0,127}$/)
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 30 }), (tags) => {
      const query = new URLSearchParams(tags.map((name): [string, string] => ['tag', name]))
      expect(readManifestNames(digest, query)).toEqual({ digest, tags: [...new Set(tags)] })
    }),
  )
})

test.each(['', '-v1', 'a/b', 'a:b', 'a b', 'x'.repeat(129)])('%j is no tag beside a digest', (tag) => {
  expect(() => readManifestNames(sha256, new URLSearchParams({ tag }))).toThrow(InvalidParameterError)
})

test.each(['sha256:bad', 'md5:d41d8cd98f00b204e9800998ecf8427e'])('%s is no digest to push by', (text) => {
  expect(() => readManifestNames(text, new URLSearchParams())).toThrow(OciError)
})

test('a hundred tags go along, and no more', () => {
  const query = (count: number) =>
    new URLSearchParams(Array.from({ length: count }, (_, index): [string, string] => ['tag', `v${index}`]))
  expect(readManifestNames(sha256, query(100)).tags).toHaveLength(100)
  expect(() => readManifestNames(sha256, query(101))).toThrow('At most 100 tags can be pushed at once')
})

test('a tag parameter beside a tag is refused, not passed over', () => {
  expect(() => readManifestNames('v1', new URLSearchParams('tag=v2'))).toThrow(OciError)
})
