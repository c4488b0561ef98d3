import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseParameters } from './query-string.ts'

test('what a form encodes is read again, in its order', () => {
  const text = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
      const encoded = new URLSearchParams(
        pairs.map(([name, value]): [string, string] => [name, value]),
      ).toString()
      expect(parseParameters(encoded)).toEqual(pairs)
    }),
  )
})

test('a name without a value has an empty one', () => {
  expect(parseParameters('a&b=&&c=d=e')).toEqual([
    ['a', ''],
    ['b', ''],
    ['c', 'd=e'],
  ])
})

test.each(['a=%zz', 'a=%', '%ff=b', 'a=%e4'])('the malformed escape in %s is refused', (text) => {
  expect(() => parseParameters(text)).toThrow('A parameter holds a malformed percent-encoding')
})
