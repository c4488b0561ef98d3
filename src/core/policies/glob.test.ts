import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits } from './glob.ts'
import { anyOne, anyRun, type FilledPiece, isFilled, readTemplate } from './template.ts'

const piece: fc.Arbitrary<FilledPiece> = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }),
  fc.constantFrom(anyRun, anyOne),
)

test('fits what a regular expression of the same meaning fits', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), text, (pattern, value) => {
      const source = pattern.map((each) => (each === anyRun ? '.*' : each === anyOne ? '.' : String(each)))
      expect(fits(pattern, value)).toBe(new RegExp(`^(?:${source.join('')})$`).test(value))
    }),
    { numRuns: 1000 },
  )
})

test('a pattern of many stars ends on a long text that it nearly fits', () => {
  const pattern = readTemplate(`${'a*'.repeat(200)}b`, { wildcards: true, variables: false }).filter(isFilled)
  expect(fits(pattern, 'a'.repeat(20_000))).toBe(false)
})

test('text that looks like a variable is text where there are none', () => {
  expect(readTemplate(`\${aws:username}`, { wildcards: true, variables: false })).toEqual([
    `\${aws:username}`,
  ])
})
