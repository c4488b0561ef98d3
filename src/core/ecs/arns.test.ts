import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { parseClusterArn } from './cluster.ts'
import { containerInstanceArn, parseInstanceArn } from './container-instance.ts'
import {
  parseDeploymentArn,
  parseService,
  parseServiceArn,
  readServiceJob,
  serviceArn,
  serviceDeploymentArn,
  serviceRevisionArn,
} from './scheduling/service-key.ts'

const account = parseAccountId('111122223333')
const cluster = { account, region: parseRegion('eu-west-1'), name: 'demo' }
const service = { cluster, name: 'web' }
const id = '0123456789abcdef0123456789abcdef'
const prefix = 'arn:aws:ecs:eu-west-1:111122223333'

test('each ARN is read as what it was written of', () => {
  expect(parseClusterArn(`${prefix}:cluster/demo`)).toEqual(cluster)
  expect(parseServiceArn(serviceArn(service))).toEqual(service)
  expect(readServiceJob(serviceArn(service))).toEqual(service)
  expect(parseInstanceArn(containerInstanceArn(cluster, id))).toEqual({ cluster, id })
  const deployment = parseDeploymentArn(serviceDeploymentArn(service, '7'), 'service-deployment')
  expect(deployment).toEqual({ service, id: '7' })
  const revision = parseDeploymentArn(serviceRevisionArn(service, '8'), 'service-revision')
  expect(revision).toEqual({ service, id: '8' })
})

describe('an ARN is none', () => {
  test.each([
    ['without a region', 'arn:aws:ecs::111122223333'],
    ['of no account', 'arn:aws:ecs:eu-west-1:1234'],
    ['of no region', 'arn:aws:ecs:eu west:111122223333'],
    ['of another service', 'arn:aws:ecr:eu-west-1:111122223333'],
    ['that goes on', ` ${prefix}`],
  ])('%s', (_what, start) => {
    expect(parseClusterArn(`${start}:cluster/demo`)).toBeUndefined()
    expect(parseServiceArn(`${start}:service/demo/web`)).toBeUndefined()
    expect(parseInstanceArn(`${start}:container-instance/demo/${id}`)).toBeUndefined()
    expect(parseDeploymentArn(`${start}:service-revision/demo/web/8`, 'service-revision')).toBeUndefined()
  })

  test('with a name that is none', () => {
    expect(parseClusterArn(`${prefix}:cluster/`)).toBeUndefined()
    expect(parseClusterArn(`${prefix}:cluster/a.b`)).toBeUndefined()
    expect(parseServiceArn(`${prefix}:service/demo/a.b`)).toBeUndefined()
    expect(parseServiceArn(`${prefix}:service/web`)).toBeUndefined()
    expect(parseInstanceArn(`${prefix}:container-instance/demo/${id}0`)).toBeUndefined()
  })

  test('of a deployment where one of a revision is asked for', () => {
    expect(parseDeploymentArn(serviceDeploymentArn(service, '7'), 'service-revision')).toBeUndefined()
    expect(parseDeploymentArn(serviceRevisionArn(service, '8'), 'service-deployment')).toBeUndefined()
  })
})

test('a service is named by its name or its ARN in the cluster that is asked for', () => {
  expect(parseService('web', cluster)).toEqual(service)
  expect(parseService(serviceArn(service), cluster)).toEqual(service)
  expect(() => parseService(serviceArn(service), { ...cluster, name: 'default' })).toThrow(
    'Invalid identifier: Identifier is for cluster demo. Your cluster is default',
  )
  for (const text of ['', 'a.b', 'demo/web', `${prefix}:task/demo/web`]) {
    expect(() => parseService(text, cluster)).toThrow('Identifier is for service.')
  }
  expect(() => readServiceJob('web')).toThrow(RangeError)
})
