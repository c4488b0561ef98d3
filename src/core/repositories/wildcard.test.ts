import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchesWildcard } from './wildcard.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 })

/** The definition, slowly: a star stands for any number of characters. */
function fits(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern.startsWith('*')) {
    return fits(pattern.slice(1), text) || (text !== '' && fits(pattern, text.slice(1)))
  }
  return text.startsWith(pattern.charAt(0)) && fits(pattern.slice(1), text.slice(1))
}

describe('a wildcard', () => {
  test.each([
    ['v1.*', 'v1.4', true],
    ['v1.*', 'v1.', true],
    ['v1.*', 'v1x4', false],
    ['v1.*', 'xv1.4', false],
    ['*-dev', 'feature-dev', true],
    ['*-dev', 'feature-dev2', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*b*', 'abc', true],
    ['*b*', 'ac', false],
    ['latest', 'latest', true],
    ['latest', 'Latest', false],
    ['latest', 'latest2', false],
    ['*', '', true],
    ['.', 'a', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected)
  })

  test('matches exactly what its definition says', () => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        expect(matchesWildcard(pattern, text)).toBe(fits(pattern, text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('matches every text made by filling its stars', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (pieces) => {
        const pattern = pieces.map(([piece]) => piece.replaceAll('*', '')).join('*')
        const text = pieces.map(
          ([piece, fill], at) => piece.replaceAll('*', '') + (at < pieces.length - 1 ? fill : ''),
        )
        expect(matchesWildcard(pattern, text.join(''))).toBe(true)
      }),
    )
  })
})
