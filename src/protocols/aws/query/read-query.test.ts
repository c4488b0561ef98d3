import { expect, test } from 'vitest'
import type { Shape } from '../model/shape.ts'
import { parseParameters } from '../query-string.ts'
import { blob, boolean, list, map, number, string, structure, timestamp } from '../testing/shapes.ts'
import { growTree } from './parameter-tree.ts'
import { readQuery } from './read-query.ts'

test.each<[what: string, Shape, text: string, value: unknown]>([
  ['a string', string(), 'It=a%20b', 'a b'],
  ['an empty string', string(), 'It=', ''],
  ['an integer', number('integer'), 'It=-900', -900],
  ['a fraction', number('double'), 'It=0.25', 0.25],
  ['a boolean', boolean, 'It=true', true],
  ['a blob', blob(), 'It=aGk%3D', Buffer.from('hi')],
  ['a moment', timestamp, 'It=2026-01-31T12:34:56Z', new Date('2026-01-31T12:34:56Z')],
  ['a structure', structure({ Key: string() }), 'It.Key=k', { Key: 'k' }],
  ['a list', list(string()), 'It.member.1=a&It.member.2=b', ['a', 'b']],
  ['a list in the order of its numbers', list(string()), 'It.member.10=b&It.member.9=a', ['a', 'b']],
  ['an empty list', list(string()), 'It=', []],
  ['a list of structures', list(structure({ Key: string() })), 'It.member.1.Key=k', [{ Key: 'k' }]],
  ['a flattened list', list(string(), { flattened: true }), 'It.1=a&It.2=b', ['a', 'b']],
  ['a map', map(string()), 'It.entry.1.key=k&It.entry.1.value=v', { k: 'v' }],
  ['a flattened map', map(string(), { flattened: true }), 'It.1.key=k&It.1.value=v', { k: 'v' }],
  [
    'a map with names of its own',
    map(structure({ DataType: string() }), { keyName: 'Name', valueName: 'Value' }),
    'It.entry.1.Name=a&It.entry.1.Value.DataType=String',
    { a: { DataType: 'String' } },
  ],
])('%s is read', (_what, shape, text, value) => {
  expect(read(shape, text)).toStrictEqual({ It: value })
})

test('unknown parameters are ignored', () => {
  expect(read(string(), 'Action=Do&Version=1&Other.member.1=x')).toStrictEqual({})
})

test('a map key may be __proto__', () => {
  const { It } = read(map(string()), 'It.entry.1.key=__proto__&It.entry.1.value=v')
  expect(Object.entries(It ?? {})).toEqual([['__proto__', 'v']])
})

test.each<[Shape, string, string]>([
  [number('integer'), 'It=ten', 'The value of It is not a valid integer'],
  [number('integer'), 'It=99999999999', 'The value of It is not a valid integer'],
  [number('integer'), 'It=', 'The value of It is not a valid integer'],
  [boolean, 'It=yes', 'The value of It is not a valid boolean'],
  [timestamp, 'It=tomorrow', 'The value of It is not a valid timestamp'],
  [timestamp, 'It=2026-13-01T00:00:00Z', 'The value of It is not a valid timestamp'],
  [string(), 'It.member.1=a', 'The value of It is not a valid string'],
  [list(string()), 'It.member.0=a', "'0' is no position in It"],
  [list(string()), 'It.member.x=a', "'x' is no position in It"],
  [map(string()), 'It.entry.1.key=a', 'It holds an entry without key or value'],
])('%o does not take %s', (shape, text, message) => {
  expect(() => read(shape, text)).toThrow(message)
})

test('a parameter given twice is refused', () => {
  expect(() => read(string(), 'It=a&It=b')).toThrow('The parameter It is given more than once')
})

test('parameters beyond depth and number are refused', () => {
  expect(() => read(string(), `${'a.'.repeat(40)}=x`)).toThrow('nested too deeply')
  expect(() => read(string(), 'a=b&'.repeat(10_001))).toThrow('At most 10000 parameters')
})

function read(shape: Shape, text: string) {
  return readQuery(structure({ It: shape }), growTree(parseParameters(text)))
}
