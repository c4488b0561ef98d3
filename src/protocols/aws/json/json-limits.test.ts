import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkJsonLimits } from './json-limits.ts'

test('ordinary documents pass, whatever their strings hold', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 20 }), (text) => {
      expect(() => checkJsonLimits(Buffer.from(text))).not.toThrow()
    }),
  )
})

test('brackets and commas inside strings do not count', () => {
  const text = JSON.stringify({ manifest: `${'[{,"\\'.repeat(100_000)}` })
  expect(() => checkJsonLimits(Buffer.from(text))).not.toThrow()
})

test.each([
  ['arrays in arrays', '['.repeat(65)],
  ['objects in objects', '{"a":'.repeat(65)],
  ['depth behind a string with an escaped quote', `{"a\\"":${'['.repeat(64)}`],
  ['a hundred thousand empty arrays', `[${'[],'.repeat(100_001)}[]]`],
  ['a hundred thousand numbers', `[${'1,'.repeat(100_001)}1]`],
])('%s are refused', (_what, text) => {
  expect(() => checkJsonLimits(Buffer.from(text))).toThrow('nested too deeply or holds too many values')
})

test('a string that never ends is left to the parser', () => {
  expect(() => checkJsonLimits(Buffer.from(`{"a": "${'['.repeat(1000)}`))).not.toThrow()
})
