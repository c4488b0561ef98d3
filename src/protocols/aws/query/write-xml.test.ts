import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Shape } from '../model/shape.ts'
import { blob, boolean, list, map, number, string, structure, timestamp } from '../testing/shapes.ts'
import { writeXml } from './write-xml.ts'
import { element, escapeXml } from './xml.ts'

test.each<[what: string, Shape, value: unknown, xml: string]>([
  ['a string', string(), '{"a":"<&>"}', '<It>{&quot;a&quot;:&quot;&lt;&amp;&gt;&quot;}</It>'],
  ['an empty string', string(), '', '<It/>'],
  ['a number', number('integer'), 3600, '<It>3600</It>'],
  ['a boolean', boolean, false, '<It>false</It>'],
  ['a blob', blob(), Buffer.from('hi'), '<It>aGk=</It>'],
  ['a moment', timestamp, new Date('2026-01-31T12:34:56Z'), '<It>2026-01-31T12:34:56Z</It>'],
  [
    'a fraction of a second',
    timestamp,
    new Date('2026-01-31T12:34:56.5Z'),
    '<It>2026-01-31T12:34:56.500Z</It>',
  ],
  ['a structure', structure({ Key: string() }), { Key: 'k', Other: 1 }, '<It><Key>k</Key></It>'],
  ['a list', list(string()), ['a', 'b'], '<It><member>a</member><member>b</member></It>'],
  ['an empty list', list(string()), [], '<It/>'],
  ['a flattened list', list(string(), { flattened: true }), ['a', 'b'], '<It>a</It><It>b</It>'],
  ['a map', map(string()), { k: 'v' }, '<It><entry><key>k</key><value>v</value></entry></It>'],
  [
    'a flattened map',
    map(string(), { flattened: true }),
    { k: 'v' },
    '<It><key>k</key><value>v</value></It>',
  ],
  ['an absent member', string(), undefined, ''],
])('%s is written', (_what, shape, value, xml) => {
  expect(writeXml(structure({ It: shape }), { It: value })).toBe(xml)
})

test.each<[Shape, unknown]>([
  [string(), 5],
  [number('integer'), '5'],
  [boolean, 'true'],
  [list(string()), 'a'],
  [map(string()), 'a'],
  [structure({}), 'a'],
  [timestamp, '2026-01-31T12:34:56Z'],
])('a %o answered as %o is a mistake', (shape, value) => {
  expect(() => writeXml(structure({ It: shape }), { It: value })).toThrow(TypeError)
})

test('no text can leave its element', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"'\0\r]/.test(escapeXml(text))))
})

test('characters that XML cannot hold are replaced', () => {
  expect(escapeXml('a\u0000b\u001fc\ud800d\ufffe')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd')
  expect(escapeXml('\t\n\r€😀')).toBe('\t\n&#13;€😀')
})

test('an element may open a namespace', () => {
  expect(element('A', 'x', 'https://example.org/?a&b')).toBe('<A xmlns="https://example.org/?a&amp;b">x</A>')
})
