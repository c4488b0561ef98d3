import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EcsInvalidParameterError } from '../errors.ts'
import { parseQuery } from './parse-query.ts'
import { queriedInstance } from './queried-instance.ts'

const instance = queriedInstance({
  attributes: new Map([
    ['ecs.instance-type', 't2.small'],
    ['stack', 'prod'],
    ['ssd', undefined],
  ]),
  groups: ['service:web', 'family:batch'],
  runningTasksCount: 2,
})

describe('an instance is one that is asked for by', () => {
  test.each([
    'attribute:stack == prod',
    'attribute:stack==prod',
    "attribute:stack equals 'prod'",
    'attribute:stack != test',
    'attribute:none not_equals prod',
    'attribute:ssd exists',
    'attribute:none not_exists',
    'attribute:none !exists',
    'attribute:stack in [test, prod]',
    'attribute:stack !in [test, dev]',
    'attribute:stack not_in [test]',
    'attribute:ecs.instance-type =~ t2.*',
    'attribute:ecs.instance-type !~ g2.*',
    'attribute:ecs.instance-type =~ "t[23]\\.(micro|small)"',
    'task:group == service:web',
    'not(task:group == database)',
    '!(task:group == database)',
    'runningTasksCount >= 2 and runningTasksCount < 3',
    'runningTasksCount greater_than 1 && runningTasksCount less_than_equal 2',
    'agentConnected == true',
    'attribute:stack == test or attribute:ssd exists',
    'attribute:stack == test and attribute:ssd exists or attribute:stack == prod',
    '(attribute:stack == prod) AND NOT (attribute:none exists || attribute:stack == dev)',
  ])('%s', (expression) => expect(parseQuery(expression)(instance)).toBe(true))
})

describe('and not by', () => {
  test.each([
    'attribute:stack == Prod',
    'attribute:none == prod',
    'attribute:stack =~ pro',
    'task:group not_equals service:web',
    'attribute:stack == test and (attribute:ssd exists or attribute:stack == prod)',
    'runningTasksCount > 2',
    'not attribute:stack == prod',
  ])('%s', (expression) => expect(parseQuery(expression)(instance)).toBe(false))
})

test.each([
  '',
  'attribute:stack',
  'attribute:stack ==',
  'attribute:stack == prod and',
  '(attribute:stack == prod',
  'attribute:stack == prod)',
  'attribute:stack in [a',
  'attribute:stack ~ prod',
  'ec2InstanceId == i-1',
  'attribute:stack == "prod',
  'attribute:stack =~ (a+)+',
  'attribute:stack =~ .*.*.*.*x',
  'attribute:stack =~ [',
  `attribute:stack == ${'a'.repeat(2000)}`,
  `${'('.repeat(40)}agentConnected == true${')'.repeat(40)}`,
])('what is no expression is refused: %s', (expression) => {
  expect(() => parseQuery(expression)).toThrow(EcsInvalidParameterError)
})

test('whatever is given, it is read or refused', () => {
  const words = fc.constantFrom(
    'attribute:a',
    '==',
    'and',
    'not',
    '(',
    ')',
    '[',
    ',',
    ']',
    'in',
    '=~',
    '"',
    '*',
    '\\',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 20 }), (parts) => {
      try {
        parseQuery(parts.join(' '))(instance)
      } catch (error) {
        expect(error).toBeInstanceOf(EcsInvalidParameterError)
      }
    }),
  )
})
