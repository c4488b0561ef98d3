import {
  CreateClusterCommand,
  CreateTaskSetCommand,
  DeleteClusterCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListClustersCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionFamiliesCommand,
  paginateListTaskDefinitions,
  RegisterTaskDefinitionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateClusterCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

let berth: LocalBerth
let ecs: ECSClient
beforeAll(async () => {
  berth = await startBerth()
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  ecs = new ECSClient({
    endpoint: berth.url,
    region: berth.config.region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
})
afterAll(async () => {
  ecs?.destroy()
  await berth?.[Symbol.asyncDispose]()
})

const arn = (path: string) => `arn:aws:ecs:us-east-1:000000000000:${path}`
const containerDefinitions = [{ name: 'web', image: 'httpd:2', memory: 128 }]
const register = async (family: string, more: object = {}) =>
  (await ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions, ...more })))
    .taskDefinition

describe('a cluster', () => {
  test('is made once, whoever asks again', async () => {
    const tags = [{ key: 'team', value: 'web' }]
    const { cluster } = await ecs.send(new CreateClusterCommand({ tags }))
    expect(cluster).toMatchObject({ clusterArn: arn('cluster/default'), status: 'ACTIVE', tags })
    expect((await ecs.send(new CreateClusterCommand({ clusterName: 'default' }))).cluster).toEqual(cluster)
  })

  test('is described with what the request includes; unknown ones are missing', async () => {
    const named = new DescribeClustersCommand({ clusters: ['default', 'nowhere'], include: ['TAGS'] })
    const { clusters, failures } = await ecs.send(named)
    expect(clusters).toMatchObject([{ clusterName: 'default', tags: [{ key: 'team', value: 'web' }] }])
    expect(failures).toEqual([{ arn: arn('cluster/nowhere'), reason: 'MISSING' }])
    expect((await ecs.send(new DescribeClustersCommand({}))).clusters).toMatchObject([{ tags: [] }])
  })

  test('keeps no setting that changes nothing', async () => {
    const insights = [{ name: 'containerInsights', value: 'enabled' }] as const
    const update = new UpdateClusterCommand({ cluster: 'default', settings: [...insights] })
    await expect(ecs.send(update)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    const off = [{ name: 'containerInsights', value: 'disabled' }] as const
    const { cluster } = await ecs.send(new UpdateClusterCommand({ cluster: 'default', settings: [...off] }))
    expect(cluster?.settings).toEqual(off)
  })

  test('is inactive once deleted, and begins anew', async () => {
    await ecs.send(new CreateClusterCommand({ clusterName: 'gone' }))
    const { cluster } = await ecs.send(new DeleteClusterCommand({ cluster: arn('cluster/gone') }))
    expect(cluster?.status).toBe('INACTIVE')
    expect((await ecs.send(new ListClustersCommand({}))).clusterArns).toEqual([arn('cluster/default')])
    const describe = new DescribeClustersCommand({ clusters: ['gone'] })
    expect((await ecs.send(describe)).clusters).toMatchObject([{ status: 'INACTIVE' }])
    await expect(ecs.send(new UpdateClusterCommand({ cluster: 'gone' }))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    })
    await ecs.send(new CreateClusterCommand({ clusterName: 'gone' }))
    expect((await ecs.send(describe)).clusters).toMatchObject([{ status: 'ACTIVE' }])
  })
})

describe('a task definition', () => {
  test('is registered revision by revision, and described as it is by family, revision or ARN', async () => {
    const first = await register('web', { cpu: '.25 vCPU', memory: '1 GB' })
    expect(first).toMatchObject({
      taskDefinitionArn: arn('task-definition/web:1'),
      revision: 1,
      status: 'ACTIVE',
      cpu: '256',
      memory: '1024',
      networkMode: 'bridge',
      compatibilities: ['EC2'],
      registeredBy: 'arn:aws:iam::000000000000:root',
    })
    const second = await register('web')
    for (const taskDefinition of ['web', 'web:2', arn('task-definition/web:2')]) {
      const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
      expect(described.taskDefinition).toEqual(second)
      expect(described.tags).toBeUndefined()
    }
  })

  test('that is wrong is refused, and uses up no revision', async () => {
    const refused = register('web', { containerDefinitions: [{ name: 'web', image: 'httpd' }] })
    await expect(refused).rejects.toMatchObject({
      name: 'ClientException',
      message:
        "Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified.",
    })
    expect((await register('web'))?.revision).toBe(3)
  })

  test('is listed page by page', async () => {
    await register('api')
    const pages: (readonly string[] | undefined)[] = []
    for await (const page of paginateListTaskDefinitions({ client: ecs, pageSize: 2 }, { sort: 'DESC' })) {
      pages.push(page.taskDefinitionArns)
    }
    const revisions = ['web:3', 'web:2', 'web:1', 'api:1'].map((name) => arn(`task-definition/${name}`))
    expect(pages).toEqual([revisions.slice(0, 2), revisions.slice(2)])
  })

  test('that is deregistered is described by its revision alone, and can be deleted', async () => {
    const active = await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: ['api:1', 'api:7'] }))
    expect(active.failures?.map(({ reason }) => reason)).toEqual([
      'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      'The specified task definition does not exist. Specify a valid account, family, revision and try again.',
    ])
    const deregister = new DeregisterTaskDefinitionCommand({ taskDefinition: 'api:1' })
    expect((await ecs.send(deregister)).taskDefinition).toMatchObject({ status: 'INACTIVE' })
    const families = new ListTaskDefinitionFamiliesCommand({})
    expect((await ecs.send(families)).families).toEqual(['web'])
    const byFamily = new DescribeTaskDefinitionCommand({ taskDefinition: 'api' })
    const unable = { name: 'ClientException', message: 'Unable to describe task definition.' }
    await expect(ecs.send(byFamily)).rejects.toMatchObject(unable)
    const byRevision = new DescribeTaskDefinitionCommand({ taskDefinition: 'api:1' })
    expect((await ecs.send(byRevision)).taskDefinition?.status).toBe('INACTIVE')
    const deleted = await ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: ['api:1'] }))
    expect(deleted.taskDefinitions).toMatchObject([{ status: 'DELETE_IN_PROGRESS' }])
    await expect(ecs.send(byRevision)).rejects.toMatchObject(unable)
    expect((await register('api'))?.revision).toBe(2)
  })

  test.each([
    ['web', 'ClientException', 'Revision is missing.'],
    ['web:x', 'InvalidParameterException', 'Invalid revision number. Number: x'],
  ])('is not deregistered as %s', async (taskDefinition, name, message) => {
    const deregister = ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }))
    await expect(deregister).rejects.toMatchObject({ name, message })
  })
})

test('tags come and go with what carries them', async () => {
  const tags = [{ key: 'team', value: 'web' }]
  await register('tagged', { tags })
  const resourceArn = arn('task-definition/tagged:1')
  await ecs.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'cost', value: '7' }] }))
  await ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
  const list = new ListTagsForResourceCommand({ resourceArn })
  expect((await ecs.send(list)).tags).toEqual([{ key: 'cost', value: '7' }])
  const described = new DescribeTaskDefinitionCommand({ taskDefinition: 'tagged', include: ['TAGS'] })
  expect((await ecs.send(described)).tags).toEqual([{ key: 'cost', value: '7' }])
  const nowhere = new ListTagsForResourceCommand({ resourceArn: arn('cluster/nowhere') })
  await expect(ecs.send(nowhere)).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('an operation that is not offered says so', async () => {
  const create = new CreateTaskSetCommand({ service: 'web', cluster: 'default', taskDefinition: 'web' })
  await expect(ecs.send(create)).rejects.toMatchObject({ name: 'UnknownOperationException' })
})
