import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RegularExpressionError, readRegularExpression } from './regular-expression.ts'

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '[a-c]', '\\w', '\\D', '\\x61', '\\.')
const count = fc.constantFrom('', '*', '+', '?', '{2}', '{1,}', '{0,2}')
const branch = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.array(fc.tuple(atom, count), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '$'),
  )
  .map(([start, items, end]) => start + items.flat().join('') + end)
const expression = fc.array(branch, { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|'))
const message = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', ' '), maxLength: 12 })

test('it agrees with the expressions of JavaScript, of which it is a part', () => {
  fc.assert(
    fc.property(expression, fc.array(message, { maxLength: 8 }), (text, messages) => {
      const fits = readRegularExpression(text)
      expect(messages.map(fits)).toEqual(messages.map((each) => new RegExp(text).test(each)))
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  '(a)',
  'a(?=b)',
  '*a',
  'a{',
  'a{3,1}',
  'a{0}',
  '[a',
  '[z-a]',
  'a$b',
  'a^b',
  'a||b',
  '\\q',
  '\\1',
  'a\\',
  'a**',
  '',
])('what it is not is refused: %s', (text) =>
  expect(() => readRegularExpression(text)).toThrow(RegularExpressionError),
)

test('neither many repetitions nor a hostile text keep it long or make it grow', () => {
  expect(() => readRegularExpression('a{999}b{9}')).toThrow('repeats too much')
  const fits = readRegularExpression('a*a*a*a*a*a*a*a*a*a*b|[ab]{400}[^a]{400}$')
  expect(fits('a'.repeat(100_000))).toBe(false)
  expect(fits(`${'a'.repeat(100_000)}b`)).toBe(true)
})
