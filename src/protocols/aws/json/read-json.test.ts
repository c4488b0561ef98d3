import { expect, test } from 'vitest'
import type { Shape } from '../model/shape.ts'
import { RefusalError } from '../refusal.ts'
import { blob, boolean, list, map, number, string, structure, timestamp } from '../testing/shapes.ts'
import { readJson } from './read-json.ts'

test('values of every type are read', () => {
  const shape = structure({
    name: string(),
    force: boolean,
    count: number('integer'),
    size: number('long'),
    ratio: number('double'),
    ids: list(structure({ tag: string() })),
    labels: map(string()),
    blob: blob(),
    since: timestamp,
  })
  const given = {
    name: 'team/app',
    force: false,
    count: 3,
    size: 5_000_000_000,
    ratio: 0.5,
    ids: [{ tag: 'v1' }],
    labels: { team: 'a' },
    blob: 'aGVsbG8=',
    since: 1753369291.493,
  }
  expect(readJson(shape, given)).toEqual({
    ...given,
    blob: Buffer.from('hello'),
    since: new Date('2025-07-24T15:01:31.493Z'),
  })
})

test('null members count as absent, unknown ones are ignored', () => {
  const shape = structure({ name: string(), tag: string() })
  expect(readJson(shape, { name: 'x', tag: null, other: [1] })).toStrictEqual({ name: 'x' })
})

test('a null element keeps its place in a list, for the constraints to refuse', () => {
  expect(readJson(structure({ ids: list(string()) }), { ids: ['a', null] })).toEqual({
    ids: ['a', undefined],
  })
})

test('members named like parts of every object are members like any other', () => {
  const shape = structure({ labels: map(string()), constructor: string(), toString: string() })
  const given: unknown = JSON.parse(
    '{"labels":{"__proto__":"p","constructor":"c"},"__proto__":{"toString":"t"}}',
  )
  const read = readJson(shape, given)
  expect(Object.keys(read)).toEqual(['labels'])
  expect(Object.entries(read.labels ?? {})).toEqual([
    ['__proto__', 'p'],
    ['constructor', 'c'],
  ])
  expect(Object.getPrototypeOf(read.labels)).toBe(Object.prototype)
})

test.each<[string, Shape, unknown, string]>([
  ['a number for a string', string(), 5, 'NUMBER_VALUE cannot be converted to String'],
  ['a truth for a string', string(), true, 'TRUE_VALUE cannot be converted to String'],
  ['a string for a number', number('integer'), '5', 'STRING_VALUE cannot be converted to Integer'],
  ['a fraction for an integer', number('integer'), 1.5, 'NUMBER_VALUE cannot be converted to Integer'],
  ['more than 32 bits', number('integer'), 2 ** 31, 'NUMBER_VALUE cannot be converted to Integer'],
  ['more than a double holds exactly', number('long'), 2 ** 53, 'NUMBER_VALUE cannot be converted to Long'],
  [
    'a number beyond all numbers',
    number('double'),
    Number.POSITIVE_INFINITY,
    'NUMBER_VALUE cannot be converted to Double',
  ],
  ['a string for a boolean', boolean, 'true', 'STRING_VALUE cannot be converted to Boolean'],
  ['an object for a string', string(), {}, 'Start of structure or map found where not expected.'],
  ['a list for a structure', structure({}), [], 'Start of list found where not expected'],
  ['a list for a map', map(string()), [], 'Start of list found where not expected'],
  ['a string for a list', list(string()), 'a', 'Expected list or null'],
  ['a string for a structure', structure({}), 'a', 'Expected map or null'],
  ['no base64 for a blob', blob(), '%%%', 'STRING_VALUE cannot be converted to Blob'],
  ['a moment no calendar has', timestamp, 1e300, 'NUMBER_VALUE cannot be converted to Timestamp'],
  [
    'a wrong element deep inside',
    list(structure({ tag: string() })),
    [{ tag: [] }],
    'Start of list found where not expected',
  ],
])('%s is refused', (_what, shape, value, message) => {
  const refusal = new RefusalError('malformed-input', message)
  expect(() => readJson(structure({ it: shape }), { it: value })).toThrow(refusal)
})

test.each([[[]], ['text'], [null], [3]])('an input of %j is refused', (value) => {
  expect(() => readJson(structure({}), value)).toThrow(RefusalError)
})
