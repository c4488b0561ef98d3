import { describe, expect, test } from 'vitest'
import { fitsPattern } from './fits-pattern.ts'
import { flattenEvent } from './flatten-event.ts'
import { InvalidEventPatternError } from './invalid-event-pattern.ts'
import { parseEventPattern } from './parse-event-pattern.ts'

type Case = readonly [pattern: string, fitting: readonly object[], others: readonly object[]]

/** What AWS's own engine says of these. */
const cases: readonly Case[] = [
  ['{"a":["x"]}', [{ a: 'x' }], [{ a: 'X' }, { a: [] }, { b: 'x' }, {}]],
  ['{"A":["x"]}', [], [{ a: 'x' }]],
  ['{"a":["x","y"]}', [{ a: ['y', 'z'] }], [{ a: ['z'] }]],
  ['{"a":[null]}', [{ a: null }], [{ a: 'null' }, { b: 1 }, { a: [] }]],
  ['{"a":[""]}', [{ a: '' }], [{ a: null }]],
  ['{"a":[300]}', [{ a: 300.0 }, { a: 3.0e2 }], [{ a: '300' }]],
  ['{"a":["300"]}', [], [{ a: 300 }]],
  ['{"a":[true]}', [{ a: true }], [{ a: 'true' }]],
  ['{"a":{"b":["x"]}}', [{ 'a.b': 'x' }, { a: [{ b: 'q' }, { b: 'x' }] }], [{ a: 'x' }]],
  ['{"a.b":["x"]}', [{ a: { b: 'x' } }], []],
  [
    '{"a":{"b":["x"],"c":["y"]}}',
    [{ a: [{ b: 'x', c: 'y' }] }, { a: { b: ['q', 'x'], c: ['y', 'q'] } }],
    [
      {
        a: [
          { b: 'x', c: 'n' },
          { b: 'n', c: 'y' },
        ],
      },
    ],
  ],
  ['{"a":["x"]}', [{ a: [['q'], ['x']] }], []],
  ['{"a":["x"],"b":["y"]}', [{ a: 'x', b: 'y' }], [{ a: 'x', b: 'z' }]],
  ['{"a":[{"prefix":"us-"}]}', [{ a: 'us-east-1' }], [{ a: 'US-east-1' }]],
  ['{"a":[{"prefix":""}]}', [{ a: 'anything' }], []],
  ['{"a":[{"prefix":"1"}]}', [], [{ a: 12 }]],
  ['{"a":[{"prefix":{"equals-ignore-case":"US-"}}]}', [{ a: 'us-east-1' }], []],
  ['{"a":[{"suffix":".PNG"}]}', [], [{ a: 'i.png' }]],
  ['{"a":[{"suffix":{"equals-ignore-case":".PNG"}}]}', [{ a: 'i.png' }], []],
  ['{"a":[{"equals-ignore-case":"ABC"}]}', [{ a: 'aBc' }], [{ a: 'ab' }]],
  [
    '{"a":[{"anything-but":"x"}]}',
    [{ a: 'y' }, { a: null }, { a: 5 }, { a: ['x', 'y'] }],
    [{ a: 'x' }, { b: 'y' }, { a: [] }],
  ],
  ['{"a":[{"anything-but":["x","y"]}]}', [{ a: 'z' }], [{ a: 'y' }]],
  ['{"a":[{"anything-but":100}]}', [{ a: '100' }], [{ a: 100.0 }]],
  ['{"a":[{"anything-but":{"prefix":"in"}}]}', [{ a: 'post' }, { a: 12 }], [{ a: 'init' }]],
  ['{"a":[{"anything-but":{"prefix":["in","po"]}}]}', [], [{ a: 'post' }]],
  ['{"a":[{"anything-but":{"suffix":".txt"}}]}', [{ a: 'f.txt.bak' }], [{ a: 'f.txt' }]],
  ['{"a":[{"anything-but":{"equals-ignore-case":["x","y"]}}]}', [{ a: 'z' }], [{ a: 'X' }]],
  ['{"a":[{"anything-but":{"wildcard":"*/bin/*"}}]}', [{ a: 'usr/lib/x' }], [{ a: 'usr/bin/x' }]],
  ['{"a":[{"numeric":[">",0,"<=",5]}]}', [{ a: 5 }], [{ a: 0 }, { a: '3' }, { a: null }]],
  ['{"a":[{"numeric":["=",301.8]}]}', [{ a: 3.018e2 }], [{ a: 301 }]],
  [
    '{"a":[{"exists":true}]}',
    [{ a: null }, { a: '' }, { a: [1] }],
    [{ a: [] }, { a: { b: 1 } }, { a: {} }, {}],
  ],
  ['{"a":[{"exists":false}]}', [{}, { a: [] }, { a: { b: 1 } }], [{ a: null }]],
  ['{"a":{"b":[{"exists":false}]}}', [{ a: { c: 1 } }, { a: {} }], [{ a: [{ b: 1 }, { c: 2 }] }]],
  ['{"a":[{"exists":false},"x"]}', [{ a: 'x' }, { b: 1 }], [{ a: 'y' }]],
  ['{"a":[{"cidr":"10.0.0.0/24"}]}', [{ a: '10.0.0.255' }], [{ a: '10.0.1.0' }, { a: '10.0.0.256' }]],
  ['{"a":[{"cidr":"10.0.0.5/24"}]}', [{ a: '10.0.0.9' }], []],
  [
    '{"a":[{"cidr":"2001:db8::/32"}]}',
    [{ a: '2001:0db8:0000:0000:0000:0000:0000:0001' }],
    [{ a: '10.0.0.1' }],
  ],
  ['{"a":[{"wildcard":"a*c"}]}', [{ a: 'abc' }, { a: 'ac' }], [{ a: 'acd' }, { a: 'a' }]],
  ['{"a":[{"wildcard":"*"}]}', [{ a: '' }, { a: 'x' }], [{ a: 5 }]],
  ['{"a":[{"wildcard":"a*ab*b"}]}', [{ a: 'aabb' }], [{ a: 'aab' }]],
  ['{"a":[{"wildcard":"a?c"}]}', [], [{ a: 'abc' }]],
  ['{"a":[{"wildcard":"a\\\\*c"}]}', [{ a: 'a*c' }], [{ a: 'abc' }]],
  ['{"a":[{"wildcard":""}]}', [{ a: '' }], [{ a: 'x' }]],
  ['{"$or":[{"a":["x"]},{"b":["y"]}]}', [{ a: 'q', b: 'y' }], [{ a: 'q' }]],
  ['{"$or":[{"a":["x"]},{"b":["y"]}],"c":["z"]}', [{ a: 'x', c: 'z' }], [{ a: 'x', c: 'n' }]],
  ['{"d":{"$or":[{"a":["x"]},{"b":[{"numeric":["<",5]}]}]}}', [{ d: { b: 3 } }], [{ d: { b: 7 } }, { b: 3 }]],
  ['{"$or":{"a":["x"]}}', [{ $or: { a: 'x' } }], [{ a: 'x' }]],
  ['{"a":[{"prefix":"x"},{"suffix":"y"}]}', [{ a: 'qy' }], [{ a: 'q' }]],
  ['{"a":["x"],"a":["y"]}', [{ a: 'y' }], [{ a: 'x' }]],
  ['{"detail":{"k":["v"]}}', [], [{ detail: '{"k":"v"}' }]],
  ['{"detail":{"image-tag":[{"anything-but":"latest"}]}}', [], [{ detail: { 'action-type': 'PUSH' } }]],
  [
    '{"detail":{"finding-severity-counts":{"CRITICAL":[{"numeric":[">",0]}]}}}',
    [{ detail: { 'finding-severity-counts': { CRITICAL: 10, MEDIUM: 9 } } }],
    [{ detail: { 'finding-severity-counts': { MEDIUM: 9 } } }],
  ],
  [
    '{"detail":{"containers":{"exitCode":[{"anything-but":0}]}}}',
    [{ detail: { containers: [{ exitCode: 0 }, { exitCode: 1 }] } }],
    [],
  ],
  [
    '{"detail":{"containers":{"name":["a"],"exitCode":[{"anything-but":0}]}}}',
    [],
    [
      {
        detail: {
          containers: [
            { name: 'a', exitCode: 0 },
            { name: 'b', exitCode: 1 },
          ],
        },
      },
    ],
  ],
]

function fits(pattern: string, event: object): boolean {
  return fitsPattern(parseEventPattern(pattern), flattenEvent({ ...event }))
}

describe('the pattern', () => {
  test.each(cases)('%s fits what it does on AWS', (pattern, fitting, others) => {
    for (const event of fitting) expect([event, fits(pattern, event)]).toEqual([event, true])
    for (const event of others) expect([event, fits(pattern, event)]).toEqual([event, false])
  })
})

const mistakes: readonly (readonly [pattern: string, reason: string])[] = [
  ['this is no JSON', "Unrecognized token 'this'"],
  ['["a"]', 'Filter is not an object'],
  ['{}', 'Empty objects are not allowed'],
  ['{"a":{}}', 'Empty objects are not allowed'],
  ['{"a":[]}', 'Empty arrays are not allowed'],
  ['{"a":"x"}', '"a" must be an object or an array'],
  ['{"a":[["x"]]}', 'Match value must be String, number, true, false, or null'],
  ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
  ['{"a":[{"Prefix":"x"}]}', 'Unrecognized match type Prefix'],
  ['{"a":[{"prefix":1}]}', 'prefix match pattern must be a string'],
  ['{"a":[{"suffix":{"x":"y"}}]}', 'Unsupported suffix pattern: x'],
  ['{"a":[{"cidr":1}]}', 'prefix match pattern must be a string'],
  ['{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required"],
  ['{"a":[{"cidr":"10.0.0.0/x"}]}', 'Malformed CIDR, mask bits must be an integer'],
  ['{"a":[{"cidr":"10.0/8"}]}', 'Nonstandard IP address: 10.0'],
  ['{"a":[{"cidr":"10.0.0.0/33"}]}', 'IPv4 mask bits must be < 32'],
  ['{"a":[{"exists":"true"}]}', 'exists match pattern must be either true or false.'],
  ['{"a":[{"numeric":5}]}', 'Value of numeric must be an array.'],
  ['{"a":[{"numeric":[]}]}', 'Invalid member in numeric match: ]'],
  ['{"a":[{"numeric":["!",5]}]}', 'Unrecognized numeric range operator: !'],
  ['{"a":[{"numeric":["<","5"]}]}', 'Value of < must be numeric'],
  ['{"a":[{"numeric":["=","5"]}]}', 'Value of equals must be numeric'],
  ['{"a":[{"numeric":[">",1,">",2]}]}', 'Bad numeric range operator: >'],
  ['{"a":[{"numeric":[">",5,"<",1]}]}', 'Bottom must be less than top'],
  ['{"a":[{"numeric":["<",10,">",1]}]}', 'Too many elements in numeric expression'],
  ['{"a":[{"numeric":[">",1,"<",5,"<"]}]}', 'Too many terms in numeric range expression'],
  ['{"a":[{"anything-but":null}]}', 'Value of anything-but must be an array or single string/number value.'],
  ['{"a":[{"anything-but":{"exists":true}}]}', 'Unsupported anything-but pattern: exists'],
  ['{"a":[{"anything-but":[true]}]}', 'Inside anything but list, start|null|boolean is not supported.'],
  ['{"a":[{"anything-but":[100,"x"]}]}', 'mixed type is not supported'],
  ['{"a":[{"anything-but":[]}]}', 'mixed type is not supported'],
  ['{"a":[{"anything-but":{"prefix":""}}]}', 'Null prefix/suffix not allowed'],
  ['{"a":[{"anything-but":{"prefix":1}}]}', 'prefix/suffix match pattern must be a string'],
  ['{"a":[{"wildcard":1}]}', 'wildcard match pattern must be a string'],
  ['{"a":[{"wildcard":"a**"}]}', 'Consecutive wildcard characters at pos 3'],
  ['{"a":[{"wildcard":"a\\\\x"}]}', 'Invalid escape character at pos 2'],
  ['{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}', 'Rule is too complex'],
  ['{"$or":[{"a":["x"]}]}', 'Unrecognized match type a'],
]

describe('a mistake in a pattern', () => {
  test.each(mistakes)('%s is told of as AWS does', (pattern, reason) => {
    expect(() => parseEventPattern(pattern)).toThrow(InvalidEventPatternError)
    expect(() => parseEventPattern(pattern)).toThrow(`Event pattern is not valid. Reason: `)
    expect(() => parseEventPattern(pattern)).toThrow(reason)
  })
})

test('patterns that nest or multiply without end are refused', () => {
  const deep = `${'{"a":'.repeat(200)}["x"]${'}'.repeat(200)}`
  expect(() => parseEventPattern(deep)).toThrow('nested too deeply')
  const choice = (name: string) =>
    `{"$or":[${Array.from({ length: 11 }, (_, at) => `{"${name}":["${at}"]}`)}]}`
  const many = `{"x":${choice('a')},"y":${choice('b')},"z":${choice('c')}}`
  expect(() => parseEventPattern(many)).toThrow('too complex')
})
