import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitsPieces } from './fits-pieces.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 })

test('a text fits the pieces just when a pattern with runs of anything between them says so', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (pieces, whole) => {
      expect(fitsPieces(pieces, whole)).toBe(new RegExp(`^${pieces.join('.*')}$`).test(whole))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  [['aba', 'aba'], 'aba', false],
  [['aba', 'aba'], 'abaaba', true],
  [['a', 'b', 'b'], 'ab', false],
  [['a', 'b', 'b'], 'abb', true],
  [['', ''], '', true],
  [['a'], 'a', true],
  [['a'], 'ab', false],
] as const)('pieces %j and %j: %s', (pieces, whole, fits) => {
  expect(fitsPieces(pieces, whole)).toBe(fits)
})
