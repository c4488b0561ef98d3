import { expect, test } from 'vitest'
import { compilePattern } from '../model/pattern.ts'
import type { Shape } from '../model/shape.ts'
import { loadModels } from '../model/testing/loaded-models.ts'
import { blob, list, map, number, string, structure } from '../testing/shapes.ts'
import { explainAsCommon } from './common-texts.ts'
import { explainAsEcr } from './ecr-texts.ts'
import { findBreaches } from './find-breaches.ts'

test.each<[what: string, Shape, value: unknown, constraint: object]>([
  ['a text too short', string({ min: 2 }), 'a', { kind: 'min-length', limit: 2 }],
  ['a text too long', string({ max: 2 }), 'abc', { kind: 'max-length', limit: 2 }],
  [
    'a text off its pattern',
    string({ pattern: compilePattern('a+') }),
    'ab',
    { kind: 'pattern', source: 'a+' },
  ],
  ['a text out of its set', string({ values: ['A', 'B'] }), 'C', { kind: 'enum', values: ['A', 'B'] }],
  ['a number too small', number('integer', { min: 1 }), 0, { kind: 'min-value', limit: 1 }],
  ['a number too large', number('integer', { max: 1000 }), 1001, { kind: 'max-value', limit: 1000 }],
  ['a list too short', list(string(), { min: 1 }), [], { kind: 'min-length', limit: 1 }],
  ['a list too long', list(string(), { max: 1 }), ['a', 'b'], { kind: 'max-length', limit: 1 }],
  ['a blob too large', blob({ max: 1 }), Buffer.from('ab'), { kind: 'max-length', limit: 1 }],
  ['a map too large', map(string(), { max: 0 }), { a: 'b' }, { kind: 'max-length', limit: 0 }],
])('%s is found', (_what, shape, value, constraint) => {
  expect(breaches({ it: shape }, { it: value })).toMatchObject([{ path: ['it'], constraint }])
})

test('values on their limits break nothing', () => {
  const shape = { a: string({ min: 1, max: 2 }), b: number('integer', { min: 0, max: 5 }) }
  expect(breaches(shape, { a: 'xy', b: 0 })).toEqual([])
  expect(breaches(shape, { a: 'x', b: 5 })).toEqual([])
  expect(breaches(shape, {})).toEqual([])
})

test('a pattern never meets a text longer than allowed', () => {
  const endless = compilePattern('(a|a)*b')
  const text = 'a'.repeat(100_000)
  const limited = string({ max: 10, pattern: endless })
  expect(breaches({ it: limited }, { it: text })).toMatchObject([{ constraint: { kind: 'max-length' } }])
  const unlimited = string({ pattern: endless })
  expect(breaches({ it: unlimited }, { it: text })).toMatchObject([{ constraint: { kind: 'pattern' } }])
})

test('breaches inside lists, maps and structures say where they are', () => {
  const tag = string({ max: 1 })
  const found = breaches(
    { ids: list(structure({ tag })), labels: map(tag) },
    { ids: [{ tag: 'x' }, { tag: 'xx' }, undefined], labels: { team: 'xx' } },
  )
  expect(found.map(({ path }) => path.join('.'))).toEqual([
    'ids.2.member.tag',
    'ids.3.member',
    'labels.team.member',
  ])
})

test('a missing member is found before anything after it', () => {
  const shape = { a: string(), b: string({ max: 1 }) }
  expect(breaches(shape, { b: 'xx' }, ['a']).map(({ path }) => path)).toEqual([['a'], ['b']])
})

const repositoryName =
  "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''"

test.each<[operation: string, input: object, message: string]>([
  ['DeleteRepository', { repositoryName: 'Team/App' }, repositoryName],
  [
    'DeleteRepository',
    {},
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'Member must not be null'",
  ],
  [
    'DeleteRepository',
    { repositoryName: 'a' },
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'Member must have length greater than or equal to 2'",
  ],
  [
    'DeleteRepository',
    { repositoryName: 'a'.repeat(257) },
    "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'Member must have length less than or equal to 256'",
  ],
  [
    'DescribeRepositories',
    { maxResults: 1001 },
    "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'",
  ],
  [
    'DescribeRepositories',
    { maxResults: 0 },
    "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value greater than or equal to 1'",
  ],
  [
    'DescribeRepositories',
    { registryId: '1234' },
    "Invalid parameter at 'registryId' failed to satisfy constraint: 'must satisfy regular expression '[0-9]{12}''",
  ],
  [
    'PutImageTagMutability',
    { repositoryName: 'app', imageTagMutability: 'SOMETIMES' },
    "Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must satisfy enum value set: [IMMUTABLE, MUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION]'",
  ],
  [
    'BatchGetImage',
    { repositoryName: 'app', imageIds: [{}, { imageTag: '' }] },
    "Invalid parameter at 'imageIds.2.member.imageTag' failed to satisfy constraint: 'Member must have length greater than or equal to 1'",
  ],
])("ECR's %s tells the first breach", (operation, input, message) => {
  expect(explainAsEcr(findBreaches(inputOf('ecr', operation), { ...input }))?.message).toBe(message)
})

test.each<[input: object, message: string]>([
  [
    { RoleArn: 'arn:aws:iam::111122223333:role/x' },
    "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
  ],
  [
    { RoleArn: 'arn', RoleSessionName: 'no spaces', DurationSeconds: 60 },
    "3 validation errors detected: Value 'arn' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value 'no spaces' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*; Value '60' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  ],
])('STS tells every breach', (input, message) => {
  const explained = explainAsCommon(findBreaches(inputOf('sts', 'AssumeRole'), { ...input }))
  expect(explained).toMatchObject({ reason: 'invalid-input', message })
})

test('a sensitive value is not repeated', () => {
  const shape = structure({ token: string({ max: 3, sensitive: true }) })
  expect(explainAsCommon(findBreaches(shape, { token: 'secret' }))?.message).toBe(
    "1 validation error detected: Value at 'token' failed to satisfy constraint: Member must have length less than or equal to 3",
  )
})

test('an input that breaks nothing has nothing to explain', () => {
  const input = { repositoryName: 'team/app' }
  expect(explainAsEcr(findBreaches(inputOf('ecr', 'DeleteRepository'), input))).toBeUndefined()
  expect(explainAsCommon(findBreaches(inputOf('ecr', 'DeleteRepository'), input))).toBeUndefined()
})

function breaches(members: Readonly<Record<string, Shape>>, input: object, required: readonly string[] = []) {
  return [...findBreaches(structure(members, required), { ...input })]
}

function inputOf(service: string, operation: string) {
  const input = loadModels().get(service)?.operations.get(operation)?.input
  if (!input) throw new Error(`${service} has no ${operation}`)
  return input
}
