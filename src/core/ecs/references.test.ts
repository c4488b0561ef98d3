import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { EcsClientError } from './errors.ts'
import { readSecretSource } from './secret-source.ts'
import { parseTask, parseTaskArn, readTaskJob, taskArn } from './task.ts'
import { parseRevision, parseTaskDefinition } from './task-definition-reference.ts'

const registry = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-1') }
const other = { account: parseAccountId('444455556666'), region: parseRegion('us-east-1') }
const cluster = { ...registry, name: 'demo' }
const id = '0123456789abcdef0123456789abcdef'

describe('a task definition', () => {
  const arn = 'arn:aws:ecs:us-east-1:444455556666:task-definition'

  test.each([
    ['web', { ...registry, family: 'web' }],
    ['web:7', { ...registry, family: 'web', revision: 7 }],
    [`${arn}/web`, { ...other, family: 'web' }],
    [`${arn}/web:999999999`, { ...other, family: 'web', revision: 999_999_999 }],
  ])('is named by %s', (text, reference) => {
    expect(parseTaskDefinition(text, registry)).toEqual(reference)
  })

  test.each([
    ['', 'Invalid task definition name.'],
    ['a b', 'Invalid task definition name.'],
    ['web:7:8', 'Invalid task definition name.'],
    ['web:0', 'Invalid revision number. Number: 0'],
    ['web:x', 'Invalid revision number. Number: x'],
    ['arn:aws:ecs:us-east-1:4444:task-definition/web', 'Invalid task definition ARN.'],
    ['arn:aws:ecs:nowhere at all:444455556666:task-definition/web', 'Invalid task definition ARN.'],
    ['arn:aws:ecs:us-east-1:444455556666:task/web', 'Invalid task definition ARN.'],
  ])('is not named by %j', (text, message) => {
    expect(() => parseTaskDefinition(text, registry)).toThrow(message)
  })

  test('is one revision where one must be meant', () => {
    expect(parseRevision('web:7', registry)).toEqual({ ...registry, family: 'web', revision: 7 })
    expect(() => parseRevision('web', registry)).toThrow(EcsClientError)
  })
})

describe('a task', () => {
  const key = { cluster, id }

  test('is read from the ARN that was written of it', () => {
    expect(parseTaskArn(taskArn(key))).toEqual(key)
    expect(readTaskJob(taskArn(key))).toEqual(key)
    expect(parseTask(taskArn(key), cluster)).toEqual(key)
    expect(parseTask(id, cluster)).toEqual(key)
  })

  test('may have an id as they were once', () => {
    const former = '01234567-89ab-cdef-0123-456789abcdef'
    expect(parseTask(former, cluster)).toEqual({ cluster, id: former })
  })

  test.each([
    [`${id}0`, 'taskId length should be one of [32,36]'],
    ['None', 'taskId length should be one of [32,36]'],
    [
      taskArn({ cluster: { ...cluster, name: 'other' }, id }),
      'Invalid identifier: Identifier is for cluster other. Your cluster is demo',
    ],
    [
      taskArn({ cluster: { ...cluster, ...other }, id }),
      'Invalid identifier: Identifier is for region us-east-1. Your region is eu-west-1',
    ],
    [`${taskArn(key)}/more`, 'Invalid identifier: Unexpected number of separators'],
  ])('of this cluster is not %s', (text, message) => {
    expect(() => parseTask(text, cluster)).toThrow(message)
  })

  test.each(['x', `arn:aws:ecs:eu-west-1:1111:task/demo/${id}`, `arn:aws:ecs::111122223333:task/demo/${id}`])(
    'is not named by %s',
    (text) => {
      expect(parseTaskArn(text)).toBeUndefined()
      expect(() => readTaskJob(text)).toThrow(RangeError)
    },
  )
})

describe('a secret of a container', () => {
  const secret = 'arn:aws:secretsmanager:us-east-1:444455556666:secret'
  const ownParameter = 'arn:aws:ssm:eu-west-1:111122223333:parameter/key'
  const parameter = 'arn:aws:ssm:us-east-1:444455556666:parameter'

  test.each<[valueFrom: string, source: object]>([
    [`${secret}:db`, { service: 'secretsmanager', registry: other, name: 'db', arn: `${secret}:db` }],
    [
      `${secret}:db:password:AWSCURRENT:`,
      { service: 'secretsmanager', registry: other, name: 'db', arn: `${secret}:db`, jsonKey: 'password' },
    ],
    [`${parameter}/key`, { service: 'ssm', registry: other, name: 'key', arn: `${parameter}/key` }],
    [`${parameter}/a/key`, { service: 'ssm', registry: other, name: '/a/key', arn: `${parameter}/a/key` }],
    ['key', { service: 'ssm', registry, name: 'key', arn: ownParameter }],
    ['/key', { service: 'ssm', registry, name: '/key', arn: ownParameter }],
  ])('comes from %s', (valueFrom, source) => {
    expect(readSecretSource(valueFrom, registry)).toEqual(source)
  })

  test.each([
    ['an older stage', `${secret}:db::AWSPREVIOUS:`],
    ['a version', `${secret}:db:::0123`],
    ['something behind', `${secret}:db::::`],
    ['no name', `${secret}:`],
    ['another kind', 'arn:aws:secretsmanager:us-east-1:444455556666:key:db'],
    ['another service', 'arn:aws:s3:us-east-1:444455556666:secret:db'],
    ['a parameter with something behind', `${parameter}/key:1`],
    ['no region', 'arn:aws:ssm::444455556666:parameter/key'],
    ['no account', 'arn:aws:ssm:us-east-1:4444:parameter/key'],
    ['a name with blanks', 'a key'],
    ['nothing', ''],
  ])('does not come from %s', (_what, valueFrom) => {
    expect(readSecretSource(valueFrom, registry)).toBeUndefined()
  })
})
