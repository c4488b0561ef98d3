import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { digestAlgorithm, digestHex, digestOf, isDigest, parseDigest } from './digest.ts'

const hexadecimal = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })

describe('a digest', () => {
  test('falls into the algorithm and the hash it was made of', () => {
    const parts = fc.oneof(
      fc.tuple(fc.constant('sha256' as const), hexadecimal(64)),
      fc.tuple(fc.constant('sha512' as const), hexadecimal(128)),
    )
    fc.assert(
      fc.property(parts, ([algorithm, hex]) => {
        const digest = digestOf(algorithm, hex)
        expect([digestAlgorithm(digest), digestHex(digest)]).toEqual([algorithm, hex])
        expect(parseDigest(digest)).toBe(digest)
      }),
    )
  })

  test('is never a text that could lead out of a folder', () => {
    fc.assert(fc.property(fc.string(), (text) => !isDigest(text)))
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (text) => !isDigest(`sha256:${text.padEnd(64, '/')}`)),
    )
  })

  test.each([
    ['of the wrong length', `sha256:${'a'.repeat(63)}`],
    ['of the wrong length', `sha512:${'a'.repeat(64)}`],
    ['in upper case', `sha256:${'A'.repeat(64)}`],
    ['with a line after it', `sha256:${'a'.repeat(64)}\n`],
    ['of an unknown algorithm', `sha1:${'a'.repeat(40)}`],
    ['without an algorithm', 'a'.repeat(64)],
  ])('is none %s', (_, text) => {
    const constraint = "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'"
    expect(() => parseDigest(text)).toThrow(new InvalidParameterError('imageDigest', constraint))
    expect(() => parseDigest(text, 'layerDigest')).toThrow(
      new InvalidParameterError('layerDigest', constraint),
    )
  })
})
