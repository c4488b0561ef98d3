import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LogsParameterError } from '../log-events/errors.ts'
import { parseLogFilter } from './parse-log-filter.ts'

/** A pattern, messages that it lets through, and messages that it doesn't. */
type Case = readonly [pattern: string, fits: readonly string[], others: readonly string[]]

function check(pattern: string, fits: readonly string[], others: readonly string[]): void {
  const filter = parseLogFilter(pattern)
  expect({ fits: fits.filter(filter), others: others.filter(filter) }).toEqual({ fits, others: [] })
}

describe('terms', () => {
  const cases: Case[] = [
    ['', ['anything', ''], []],
    ['ERROR', ['[ERROR 401] UNAUTHORIZED', 'xERRORx'], ['error', 'WARN']],
    ['ERROR ARGUMENTS', ['ERROR 419 MISSING ARGUMENTS'], ['ERROR 401', 'ARGUMENTS']],
    ['"INTERNAL SERVER"', ['500 INTERNAL SERVER ERROR'], ['INTERNAL', 'SERVER INTERNAL']],
    ['?ERROR ?ARGUMENTS', ['ERROR 401', 'MISSING ARGUMENTS'], ['WARN']],
    ['ERROR -ARGUMENTS', ['ERROR 401'], ['ERROR 419 ARGUMENTS', 'WARN']],
    ['-"a b"', ['ab', ''], ['x a b']],
    ['ERROR ?WARN', ['ERROR'], ['WARN']],
    ['%AUTH[A-Z]{2,}% -%5\\d\\d$%', ['AUTHOR 404', 'no AUTHXX'], ['AUTHX', 'AUTHOR 500']],
    ['?%^WARN% ?ERROR', ['WARN 1', 'an ERROR'], ['a WARN']],
    [String.raw`"say \"hi\""`, ['they say "hi"'], ['say hi']],
  ]
  test.each(cases)('%s', check)
})

describe('JSON', () => {
  const event =
    '{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],"objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"cluster.name":"c","ThisFlag":true,"n":-1.5e2,"text":"7"}'
  const others = ['UpdateTrail', '{', '[]', '{}', '"x"', 'null']
  const cases: Case[] = [
    ['{ $.eventType = "UpdateTrail" }', [event], others],
    ['{$.eventType=UpdateTrail}', [event], others],
    ['{ $.eventType = %^Up.*Trail$% }', [event], others],
    ['{ $.sourceIPAddress != %^1{3}\\.% }', [], [event]],
    ['{ $.eventType = "Update*" }', [event], others],
    ['{ $.eventType = "*Up" }', [], [event]],
    ['{ $.sourceIPAddress != 123.123.* }', [event], others],
    ['{ $.sourceIPAddress != 111.* }', [], [event]],
    ['{ $.arrayKey[0] = "value" }', [event], others],
    ['{ $.arrayKey[2] = "value" }', [], [event]],
    ['{ $.objectList[1].id = 2 }', [event], others],
    ['{ $.objectList[*].name = "b" }', [event], others],
    ['{ $.SomeObject IS NULL }', [event], others],
    ['{ $.SomeOtherObject NOT EXISTS }', [event, '{}'], ['no JSON']],
    ['{ $.eventType NOT EXISTS }', ['{}'], [event]],
    ['{ $.ThisFlag IS TRUE }', [event], others],
    ['{ $.ThisFlag IS FALSE }', ['{"ThisFlag":false}'], [event]],
    ['{ $.n = -1.5e2 }', [event], others],
    ['{ $.n <= -150 && $.n > -151 }', [event], ['{"n":-149}', '{"n":-151}', '{"n":"no number"}', '{"n":""}']],
    [`{ $['cluster.name'] = "c" }`, [event], others],
    ['{ $.["cluster.name"] = "c" }', [event], others],
    ['{ $.eventType = "x" || $.n < 0 && $.text = 7 }', [event], others],
    ['{ ($.eventType = "x" || $.n < 0) && $.text = 8 }', [], [event]],
    ['{ $.__proto__ NOT EXISTS }', ['{}'], []],
  ]
  test.each(cases)('%s', check)
})

describe('fields', () => {
  const line = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'
  const cases: Case[] = [
    ['[ip, env, user, time, request, code, bytes]', [line], ['a b', `${line} more`]],
    [
      '[ip, env, user, time, request =*.html*, code = 4*, bytes > 1000]',
      [line],
      [line.replace('404', '200')],
    ],
    ['[..., request = "GET*", code, bytes]', [line], [line.replace('GET', 'PUT')]],
    ['[ip = 127.0.0.1, ...]', [line, '127.0.0.1'], ['10.0.0.1 x']],
    ['[ip, ..., bytes >= 1534]', [line], [line.replace('1534', '-'), 'x']],
    ['[ip, env, user, time, request, code = 500 || code = 404, bytes]', [line], [line.replace('404', '200')]],
    ['[ip, env, user, time, request, code != 5* && code != 3*, bytes]', [line], [line.replace('404', '301')]],
    ['[...]', ['', line], []],
  ]
  test.each(cases)('%s', check)
})

test.each([
  '"open',
  '{ $.a }',
  '{ $.a = }',
  '{ a = 1 }',
  '{ $.a = 1',
  '{ $.a = 1 } x',
  '{ ($.a = 1 }',
  '{ $.a > "x" }',
  '{ $.a > %x% }',
  '{ $.a = %x }',
  '{ $.a[x] = 1 }',
  '%a+',
  '%(a)%',
  '%a% %b% %c%',
  '[a',
  '[a = 1 || b = 2]',
  '[a b]',
])('%s is refused', (pattern) => {
  expect(() => parseLogFilter(pattern)).toThrow(LogsParameterError)
})

test('any pattern is read or refused, and what is read answers any message', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '$.a',
    '=',
    '!=',
    '"x"',
    '"',
    '&&',
    '||',
    'IS NULL',
    '...',
    ',',
    'b',
    '*',
    ' ',
  )
  const pattern = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(pattern, fc.oneof(fc.string(), fc.json()), (text, message) => {
      try {
        expect(typeof parseLogFilter(text)(message)).toBe('boolean')
      } catch (error) {
        expect(error).toBeInstanceOf(LogsParameterError)
      }
    }),
  )
})
