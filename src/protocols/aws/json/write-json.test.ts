import { expect, test } from 'vitest'
import type { Shape } from '../model/shape.ts'
import { blob, boolean, list, map, number, string, structure, timestamp } from '../testing/shapes.ts'
import { writeJson } from './write-json.ts'

test('values of every type are written as AWS writes them', () => {
  const shape = structure({
    name: string(),
    on: boolean,
    size: number('long'),
    tags: list(string()),
    counts: map(number('integer')),
    blob: blob(),
    createdAt: timestamp,
    inner: structure({ deep: string() }),
  })
  const value = {
    name: 'x',
    on: false,
    size: 0,
    tags: [],
    counts: { HIGH: 2 },
    blob: Buffer.from('hello'),
    createdAt: new Date('2025-07-24T15:01:31.493Z'),
    inner: { deep: 'd' },
  }
  expect(writeJson(shape, value)).toEqual({ ...value, blob: 'aGVsbG8=', createdAt: 1753369291.493 })
})

test('only modelled members leave, and absent ones are left out', () => {
  const shape = structure({ name: string(), tag: string(), inner: structure({ a: string() }) })
  const value = { name: 'x', tag: undefined, secret: 's', inner: { a: 'a', $metadata: {} } }
  expect(writeJson(shape, value)).toStrictEqual({ name: 'x', inner: { a: 'a' } })
})

test('absent entries of a map are left out', () => {
  const shape = structure({ counts: map(number('integer')) })
  expect(writeJson(shape, { counts: { HIGH: 1, LOW: undefined } })).toStrictEqual({ counts: { HIGH: 1 } })
})

test.each<[Shape, unknown]>([
  [string(), 5],
  [number('long'), '5'],
  [number('long'), Number.NaN],
  [boolean, 'true'],
  [list(string()), 'a'],
  [list(string()), [undefined]],
  [map(string()), []],
  [structure({}), new Date(0)],
  [timestamp, new Date(Number.NaN)],
  [timestamp, 5],
  [blob(), 'aGk='],
])('a %o answered as %o is a mistake', (shape, value) => {
  expect(() => writeJson(structure({ it: shape }), { it: value })).toThrow(TypeError)
})
