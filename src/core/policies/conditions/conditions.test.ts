import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConditionContext } from '../condition-context.ts'
import { PolicyDocumentError } from '../policy-document-error.ts'
import { readConditions } from './read-conditions.ts'

const key = 'aws:SourceIp'
type Given = string | readonly string[] | undefined

function holds(operator: string, expected: unknown, actual: Given, others = {}): boolean {
  const conditions = readConditions({ [operator]: { [key]: expected } }, { variables: true })
  const context = new ConditionContext({ 'AWS:sourceip': actual, ...others })
  return conditions.every((condition) => condition(context))
}

test.each<[string, unknown, Given, boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', '', '', true],
  ['StringNotEquals', 'a', 'a', false],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', ['a', 'b'], 'c', true],
  ['StringEqualsIgnoreCase', 'Straße', 'sTRAßE', true],
  ['StringNotEqualsIgnoreCase', 'a', 'A', false],
  ['StringLike', 'a*c?', 'abbbcd', true],
  ['StringLike', 'a*c?', 'abbbc', false],
  ['StringLike', '*', '', true],
  ['StringLike', `a\${*}`, 'a*', true],
  ['StringLike', `a\${*}`, 'ab', false],
  ['StringNotLike', 'a*', 'ab', false],
  ['NumericEquals', '1', '1.0', true],
  ['NumericEquals', 1, '1', true],
  ['NumericNotEquals', '1', '2', true],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', 'nine', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '10', '10', false],
  ['NumericGreaterThanEquals', '10', '10', true],
  ['NumericEquals', '16', '0x10', false],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', '1767225601', true],
  ['DateEquals', '2026-01-01', '2026-01-01T01:00:00+01:00', true],
  ['DateNotEquals', '2026-01-01', '2026-01-02', true],
  ['DateLessThanEquals', 'tomorrow', '2026-01-01', false],
  ['DateGreaterThanEquals', '2026', '2026-01-01', true],
  ['Bool', 'true', 'TRUE', true],
  ['Bool', true, 'true', true],
  ['Bool', 'false', 'true', false],
  ['Bool', 'yes', 'yes', false],
  ['BinaryEquals', 'QQ==', 'QQ', true],
  ['BinaryEquals', 'QQ==', 'qq==', false],
  ['IpAddress', '10.0.0.0/8', '10.1.2.3', true],
  ['IpAddress', '10.0.0.0/8', '11.1.2.3', false],
  ['IpAddress', '10.1.2.3', '10.1.2.3', true],
  ['IpAddress', '10.0.0.0/8', '::ffff:10.9.9.9', true],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
  ['IpAddress', '2001:db8::/32', '2001:db9::', false],
  ['IpAddress', '0.0.0.0/0', '::1', false],
  ['IpAddress', '10.0.0.0/33', '10.0.0.0', false],
  ['IpAddress', '10.0.0.0/8', '010.1.2.3.4', false],
  ['NotIpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.1.1', false],
  ['NotIpAddress', '10.0.0.0/8', '11.0.0.1', true],
  ['ArnEquals', 'arn:aws:sns:*:111122223333:*', 'arn:aws:sns:eu-central-1:111122223333:t', true],
  ['ArnLike', 'arn:aws:sns:*:t', 'arn:aws:sns:eu-central-1:111122223333:t', false],
  ['ArnLike', 'arn:aws:sns:*', 'arn:aws:sns:eu-central-1:111122223333:t:x', true],
  ['ArnNotLike', 'arn:aws:sns:*:*:*', 'arn:aws:sqs:eu-central-1:1:t', true],
  ['ArnNotEquals', 'arn:aws:sns:*:*:*', 'arn:aws:sns:eu-central-1:1:t', false],
])('%s %j and %j: %s', (operator, expected, actual, result) => {
  expect(holds(operator, expected, actual)).toBe(result)
})

describe('of a key that is absent', () => {
  test.each([
    ['StringEquals', 'a', false],
    ['StringNotEquals', 'a', true],
    ['StringEqualsIfExists', 'a', true],
    ['Bool', 'false', false],
    ['BoolIfExists', 'false', true],
    ['ForAllValues:StringEquals', 'a', true],
    ['ForAnyValue:StringEquals', 'a', false],
    ['ForAnyValue:StringNotEquals', 'a', false],
    ['Null', 'true', true],
    ['Null', 'false', false],
  ])('%s %s is %s', (operator, expected, result) => {
    expect(holds(operator, expected, undefined)).toBe(result)
    expect(holds(operator, expected, [])).toBe(result)
  })
})

describe('of a key with several values', () => {
  test.each([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], false],
    ['ForAllValues:StringLike', ['team-*'], ['team-a', 'team-b'], true],
  ])('%s %j and %j: %s', (operator, expected, actual, result) => {
    expect(holds(operator, expected, actual)).toBe(result)
  })
})

test('a variable is what the request says, or what the policy says otherwise, or fits nothing', () => {
  const withTag = { 'aws:PrincipalTag/team': 'blue' }
  expect(holds('StringEquals', `\${aws:PrincipalTag/team}`, 'blue', withTag)).toBe(true)
  expect(holds('StringEquals', `\${aws:PrincipalTag/team, 'red'}`, 'red')).toBe(true)
  expect(holds('StringEquals', `\${aws:PrincipalTag/team}`, '')).toBe(false)
})

test('what a variable brings along is no pattern', () => {
  expect(holds('StringLike', `\${aws:username}`, 'anyone', { 'aws:username': '*' })).toBe(false)
})

test.each([
  'ci.example.com:sub',
  'sso.example.com/realms/ci:sub',
  'team.auth0.com/:sub',
  'ci.internal:8443:sub',
])("a claim of an issuer's tokens is a key: %s", (claim) => {
  const [condition] = readConditions({ StringEquals: { [claim]: 'main' } }, { variables: true })
  expect(condition?.(new ConditionContext({ [claim]: 'main' }))).toBe(true)
  expect(condition?.(new ConditionContext({ [claim]: 'other' }))).toBe(false)
})

test.each([
  [{ StringSounds: { [key]: 'a' } }],
  [{ 'ForSomeValues:StringEquals': { [key]: 'a' } }],
  [{ StringEquals: { SourceIp: 'a' } }],
  [{ StringEquals: 'a' }],
  [{ StringEquals: { [key]: { a: 1 } } }],
  [{ StringEquals: { [key]: null } }],
  [{ Null: { [key]: 'maybe' } }],
  [{ NullIfExists: { [key]: 'true' } }],
  [[]],
])('%j is no condition', (condition) => {
  expect(() => readConditions(condition, { variables: true })).toThrow(PolicyDocumentError)
})

test('an operator and its negation never agree on a value', () => {
  const pairs = fc.constantFrom(
    ['StringEquals', 'StringNotEquals'],
    ['StringLike', 'StringNotLike'],
    ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    ['NumericEquals', 'NumericNotEquals'],
    ['DateEquals', 'DateNotEquals'],
    ['IpAddress', 'NotIpAddress'],
    ['ArnLike', 'ArnNotLike'],
  )
  const text = fc.oneof(fc.string(), fc.constantFrom('1', '10.0.0.1', 'arn:aws:a:b:c:d', '2026-01-01', '*'))
  fc.assert(
    fc.property(pairs, text, text, ([positive = '', negative = ''], expected, actual) => {
      expect(holds(positive, expected, actual)).not.toBe(holds(negative, expected, actual))
    }),
  )
})
