import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseRegion } from '../../core/names/region.ts'
import { ourAccount as account } from '../ecr/testing/ecr-desk.ts'
import { type EcsDesk, instanceId as id, openEcsDesk } from './testing/ecs-desk.ts'

const region = parseRegion('us-east-1')
const arn = (path: string) => `arn:aws:ecs:${region}:${account}:${path}`
const instanceArn = arn(`container-instance/default/${id}`)
const noInstances = 'No Container Instances were found in your cluster.'

let desk: EcsDesk
let hasLooked = true
beforeEach(async () => {
  hasLooked = true
  desk = await openEcsDesk({ cpu: 1024, memory: 512 }, () => hasLooked)
  await run('CreateCluster', {})
  await register('web', { memory: 128 })
})
afterEach(() => desk[Symbol.asyncDispose]())

// biome-ignore lint/suspicious/noExplicitAny: each operation answers another shape, and tests read them.
function run(operation: string, input: object, position?: unknown): Promise<any> {
  return desk.run(operation, input, position)
}

async function register(family: string, container: object, more: object = {}): Promise<void> {
  const containerDefinitions = [{ name: 'app', image: 'web:1', ...container }]
  await run('RegisterTaskDefinition', { family, containerDefinitions, ...more })
}

async function runWeb(more: object = {}) {
  return run('RunTask', { taskDefinition: 'web', ...more })
}

describe('tasks that are asked for find', () => {
  test('as many places as there are, and the reason why no more', async () => {
    const { tasks, failures } = await runWeb({ count: 6 })
    expect(tasks).toHaveLength(4)
    expect(tasks[0]).toMatchObject({ containerInstanceArn: instanceArn, availabilityZone: 'us-east-1a' })
    const failure = { arn: instanceArn, reason: 'RESOURCE:MEMORY' }
    expect(failures).toEqual([failure, failure])
    const { containerInstances } = await run('DescribeContainerInstances', { containerInstances: [id] })
    const memory = containerInstances[0].remainingResources.find(
      ({ name }: { name: string }) => name === 'MEMORY',
    )
    expect([memory.integerValue, containerInstances[0].pendingTasksCount]).toEqual([0, 4])
    const { clusters } = await run('DescribeClusters', {})
    expect(clusters[0]).toMatchObject({ registeredContainerInstancesCount: 1, pendingTasksCount: 4 })
  })

  test.each([
    [{ memory: 64, cpu: 2000 }, {}, 'RESOURCE:CPU'],
    [{ memory: 64, portMappings: [{ containerPort: 80, hostPort: 8080 }] }, {}, 'RESOURCE:PORTS'],
    [{ memory: 64 }, { networkMode: 'bridge' }, 'MemberOf placement constraint unsatisfied.'],
  ])('none for %j %j: %s', async (container, more, reason) => {
    await register('other', container, more)
    const constrained = reason.startsWith('MemberOf')
      ? { placementConstraints: [{ type: 'memberOf', expression: 'attribute:stack == prod' }] }
      : {}
    if (reason === 'RESOURCE:PORTS') await run('RunTask', { taskDefinition: 'other' })
    const { tasks, failures } = await run('RunTask', { taskDefinition: 'other', ...constrained })
    expect([tasks, failures]).toEqual([[], [{ arn: instanceArn, reason }]])
  })

  test('one place each, where they want instances of their own', async () => {
    const placementConstraints = [{ type: 'distinctInstance' }]
    const { tasks, failures } = await runWeb({ count: 2, placementConstraints })
    expect([tasks.length, failures.length]).toEqual([1, 1])
    const again = await runWeb({ placementConstraints })
    expect(again.failures).toMatchObject([{ reason: 'DistinctInstance placement constraint unsatisfied.' }])
    expect((await runWeb({ placementConstraints, group: 'others' })).tasks).toHaveLength(1)
  })

  test('no place on an instance that drains, until it is active again', async () => {
    const drain = { containerInstances: [instanceArn, 'f'.repeat(32)], status: 'DRAINING' }
    const { containerInstances, failures } = await run('UpdateContainerInstancesState', drain)
    expect(containerInstances).toMatchObject([{ status: 'DRAINING', version: 2 }])
    expect(failures).toMatchObject([{ reason: 'MISSING' }])
    await expect(runWeb()).rejects.toThrow(noInstances)
    expect((await run('ListContainerInstances', {})).containerInstanceArns).toEqual([])
    const draining = await run('ListContainerInstances', { status: 'DRAINING' })
    expect(draining.containerInstanceArns).toEqual([instanceArn])
    await run('CreateCluster', { clusterName: 'other' })
    expect((await runWeb({ cluster: 'other' })).tasks).toHaveLength(1)
    await run('UpdateContainerInstancesState', { containerInstances: [id], status: 'ACTIVE' })
    expect((await runWeb()).tasks).toHaveLength(1)
  })
})

test('a task is started on the instance that is named, whatever constraints say, if it has room', async () => {
  const start = (containerInstances: string[], taskDefinition = 'web') =>
    run('StartTask', { taskDefinition, containerInstances, clientToken: `${taskDefinition}-1` })
  const { tasks, failures } = await start([id, 'f'.repeat(32)])
  expect(tasks).toMatchObject([{ containerInstanceArn: instanceArn, group: 'family:web' }])
  expect(failures).toEqual([{ arn: arn(`container-instance/default/${'f'.repeat(32)}`), reason: 'MISSING' }])
  expect((await start([id, 'f'.repeat(32)])).tasks).toEqual(tasks)
  await expect(start([id])).rejects.toThrow('The clientToken was used with other parameters before.')
  await register('big', { memory: 600 })
  expect((await start([id], 'big')).failures).toMatchObject([{ reason: 'RESOURCE:MEMORY' }])
  await run('UpdateContainerInstancesState', { containerInstances: [id], status: 'DRAINING' })
  expect((await start([id], 'big')).failures).toMatchObject([{ reason: 'INACTIVE' }])
})

test('the same token starts tasks once, and may come again when nothing was started', async () => {
  const asked = { clientToken: 'deploy-7', count: 4, tags: [{ key: 'a', value: 'b' }] }
  const { tasks } = await runWeb(asked)
  expect(tasks).toHaveLength(4)
  const again = await runWeb(asked)
  const idsOf = (list: { taskArn: string }[]) => new Set(list.map(({ taskArn }) => taskArn))
  expect(idsOf(again.tasks)).toEqual(idsOf(tasks))
  expect(again.tasks[0].tags).toEqual(asked.tags)
  await expect(runWeb({ ...asked, count: 3 })).rejects.toThrow('clientToken')
  expect((await runWeb({ clientToken: 'later' })).failures).toHaveLength(1)
  const { taskArn } = tasks[0]
  await run('StopTask', { task: taskArn })
  const { metadata } = desk.registry
  const [stopping] = await metadata.tasks.list(
    { account, region, name: 'default' },
    { desired: 'STOPPED', limit: 1 },
  )
  if (stopping) await metadata.write((tx) => tx.tasks.put({ ...stopping, status: 'STOPPED' }))
  expect((await runWeb({ clientToken: 'later' })).tasks).toHaveLength(1)
})

test("a task's tags are its definition's, the request's and ECS's own, and can be changed", async () => {
  await run('TagResource', {
    resourceArn: arn('task-definition/web:1'),
    tags: [{ key: 'team', value: 'web' }],
  })
  const tags = [{ key: 'stage', value: 'test' }]
  const { tasks } = await runWeb({ tags, propagateTags: 'TASK_DEFINITION', enableECSManagedTags: true })
  const [{ taskArn, tags: answered }] = tasks
  const all = [
    { key: 'aws:ecs:clusterName', value: 'default' },
    { key: 'stage', value: 'test' },
    { key: 'team', value: 'web' },
  ]
  expect(answered.toSorted(byKey)).toEqual(all)
  expect((await run('ListTagsForResource', { resourceArn: taskArn })).tags).toEqual(all)
  await run('UntagResource', { resourceArn: taskArn, tagKeys: ['team'] })
  const described = await run('DescribeTasks', { tasks: [taskArn], include: ['TAGS'] })
  expect(described.tasks[0].tags).toEqual(all.slice(0, 2))
  expect((await run('DescribeTasks', { tasks: [taskArn] })).tasks[0].tags).toEqual([])
  await expect(runWeb({ propagateTags: 'SERVICE' })).rejects.toThrow('TASK_DEFINITION or NONE')
  await run('TagResource', { resourceArn: instanceArn, tags })
  const machines = await run('DescribeContainerInstances', { containerInstances: [id], include: ['TAGS'] })
  expect(machines.containerInstances[0].tags).toEqual(tags)
})

function byKey(one: { key: string }, other: { key: string }): number {
  return one.key < other.key ? -1 : 1
}

test('attributes are put on an instance for placement to go by, listed, and taken off', async () => {
  const attribute = { name: 'stack', value: 'prod', targetType: 'container-instance', targetId: id }
  await run('PutAttributes', { attributes: [attribute, { name: 'ssd', targetId: instanceArn }] })
  const list = (more: object) => run('ListAttributes', { targetType: 'container-instance', ...more })
  const { attributes } = await list({ attributeName: 'stack' })
  expect(attributes).toEqual([{ name: 'stack', value: 'prod', targetId: instanceArn }])
  expect((await list({ attributeName: 'stack', attributeValue: 'test' })).attributes).toEqual([])
  const first = await list({ maxResults: 2 })
  expect([first.attributes.length, typeof first.nextToken]).toEqual([2, 'string'])
  const placementConstraints = [
    { type: 'memberOf', expression: 'attribute:stack =~ pro.* and attribute:ssd exists' },
  ]
  expect((await runWeb({ placementConstraints })).tasks).toHaveLength(1)
  const filter = 'task:group == family:web'
  expect((await run('ListContainerInstances', { filter })).containerInstanceArns).toEqual([instanceArn])
  expect((await run('ListContainerInstances', { filter: `not(${filter})` })).containerInstanceArns).toEqual(
    [],
  )
  await run('DeleteAttributes', { attributes: [{ name: 'stack', targetId: id }] })
  expect((await runWeb({ placementConstraints })).failures).toHaveLength(1)
  const elsewhere = { name: 'a', targetId: 'f'.repeat(32) }
  await expect(run('PutAttributes', { attributes: [elsewhere] })).rejects.toThrow("target wasn't found")
  const many = Array.from({ length: 10 }, (_, at) => ({ name: `a${at}`, targetId: id }))
  await expect(run('PutAttributes', { attributes: many })).rejects.toThrow('up to 10 custom attributes')
  await expect(run('PutAttributes', { attributes: [{ ...attribute, name: 'ecs.os-type' }] })).rejects.toThrow(
    'own',
  )
})

test('an account setting is what Berth does, and nothing else', async () => {
  const setting = { name: 'taskLongArnFormat', value: 'enabled' }
  const principalArn = `arn:aws:iam::${account}:root`
  const put = await run('PutAccountSettingDefault', setting)
  expect(put.setting).toEqual({ ...setting, principalArn, type: 'user' })
  const user = `arn:aws:iam::${account}:user/ann`
  await run('PutAccountSetting', {
    ...setting,
    name: 'containerInsights',
    value: 'disabled',
    principalArn: user,
  })
  expect((await run('ListAccountSettings', {})).settings).toEqual([put.setting])
  expect((await run('ListAccountSettings', { principalArn: user })).settings).toHaveLength(1)
  const effective = await run('ListAccountSettings', {
    effectiveSettings: true,
    name: 'tagResourceAuthorization',
  })
  expect(effective.settings).toMatchObject([{ value: 'on' }])
  const page = await run('ListAccountSettings', { effectiveSettings: true, maxResults: 3 })
  expect(page.settings).toHaveLength(3)
  await run('DeleteAccountSetting', { name: 'taskLongArnFormat' })
  expect((await run('ListAccountSettings', {})).settings).toEqual([])
  const off = run('PutAccountSettingDefault', { ...setting, value: 'disabled' })
  await expect(off).rejects.toThrow('You can no longer disable Long Arn settings.')
  const insights = run('PutAccountSetting', { name: 'containerInsights', value: 'enhanced' })
  await expect(insights).rejects.toThrow('does not offer Container Insights')
})

test("a service's deployment is recorded with what it goes over to, and can be stopped once there is another", async () => {
  const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }
  const created = await run('CreateService', {
    ...service,
    propagateTags: 'SERVICE',
    enableExecuteCommand: true,
  })
  expect(created.service).toMatchObject({ propagateTags: 'SERVICE', enableExecuteCommand: true })
  const { serviceDeployments } = await run('ListServiceDeployments', { service: 'web' })
  const [{ serviceDeploymentArn, targetServiceRevisionArn, status }] = serviceDeployments
  expect([serviceDeployments.length, status]).toEqual([1, 'PENDING'])
  expect(created.service.currentServiceDeployment).toBe(serviceDeploymentArn)
  expect(created.service.currentServiceRevisions).toMatchObject([{ arn: targetServiceRevisionArn }])
  const described = await run('DescribeServiceDeployments', {
    serviceDeploymentArns: [serviceDeploymentArn, serviceDeploymentArn.replace(/\d+$/, '1')],
  })
  expect(described.serviceDeployments).toMatchObject([
    {
      targetServiceRevision: { requestedTaskCount: 1, runningTaskCount: 0, pendingTaskCount: 0 },
      deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
    },
  ])
  expect(described.failures).toMatchObject([{ reason: 'MISSING' }])
  const { serviceRevisions } = await run('DescribeServiceRevisions', {
    serviceRevisionArns: [targetServiceRevisionArn],
  })
  expect(serviceRevisions).toMatchObject([
    {
      taskDefinition: arn('task-definition/web:1'),
      containerImages: [{ containerName: 'app', image: 'web:1' }],
    },
  ])
  const rollback = run('StopServiceDeployment', { serviceDeploymentArn })
  await expect(rollback).rejects.toThrow('no completed deployment to roll back to')
  await run('StopServiceDeployment', { serviceDeploymentArn, stopType: 'ABORT' })
  const stopped = await run('ListServiceDeployments', { service: 'web', status: ['STOPPED'] })
  expect(stopped.serviceDeployments).toMatchObject([
    { serviceDeploymentArn, statusReason: expect.any(String) },
  ])
  const again = run('StopServiceDeployment', { serviceDeploymentArn })
  await expect(again).rejects.toThrow('STOPPED and can no longer be stopped')
  await run('UpdateService', { service: 'web', forceNewDeployment: true, propagateTags: 'NONE' })
  expect((await run('ListServiceDeployments', { service: 'web', maxResults: 1 })).nextToken).toBeDefined()
})

test('nobody says of tasks from before that they run until somebody has looked', async () => {
  const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }
  const { deployments } = (await run('CreateService', service)).service
  const [{ taskArn }] = (await runWeb()).tasks
  const key = { cluster: { account, region, name: 'default' }, id: taskArn.split('/').at(-1) }
  await desk.registry.metadata.write(async (tx) => {
    const task = await tx.tasks.lock(key)
    if (task) await tx.tasks.put({ ...task, service: 'web', startedBy: deployments[0].id, status: 'RUNNING' })
  })
  hasLooked = false
  const counts = async () => (await run('DescribeServices', { services: ['web'] })).services[0]
  const unknown = { runningCount: 0, pendingCount: 1 }
  expect(await counts()).toMatchObject({ ...unknown, deployments: [unknown] })
  hasLooked = true
  const known = { runningCount: 1, pendingCount: 0 }
  expect(await counts()).toMatchObject({ ...known, deployments: [known] })
})

test('there are no capacity providers, and a cluster can be told so', async () => {
  const providers = {
    cluster: 'default',
    capacityProviders: ['FARGATE'],
    defaultCapacityProviderStrategy: [],
  }
  await expect(run('PutClusterCapacityProviders', providers)).rejects.toThrow('was not found')
  await run('PutClusterCapacityProviders', { ...providers, capacityProviders: [] })
  const { failures } = await run('DescribeCapacityProviders', { capacityProviders: ['FARGATE'] })
  expect(failures).toEqual([{ arn: 'FARGATE', reason: 'MISSING' }])
})

test('a cluster keeps what it is told of commands, and tells of it when it is asked', async () => {
  const logConfiguration = { cloudWatchLogGroupName: '/ecs/exec' }
  const exec = { executeCommandConfiguration: { logging: 'OVERRIDE', logConfiguration } }
  const { cluster } = await run('CreateCluster', { clusterName: 'told', configuration: exec })
  expect(cluster.configuration).toMatchObject(exec)
  const describe = async (...include: string[]) =>
    (await run('DescribeClusters', { clusters: ['told'], include })).clusters[0].configuration
  expect(await describe()).toBeUndefined()
  expect(await describe('CONFIGURATIONS')).toMatchObject(exec)
  const configuration = { executeCommandConfiguration: { logging: 'NONE' } }
  await run('UpdateCluster', { cluster: 'told', configuration })
  await run('UpdateClusterSettings', { cluster: 'told', settings: [] })
  expect(await describe('CONFIGURATIONS')).toEqual(configuration)
  const keys = { executeCommandConfiguration: { kmsKeyId: 'key' } }
  await expect(run('UpdateCluster', { cluster: 'told', configuration: keys })).rejects.toThrow("'kmsKeyId'")
})

test('tasks are listed by the instance that they are on', async () => {
  const { tasks } = await runWeb()
  const on = async (containerInstance: string) => (await run('ListTasks', { containerInstance })).taskArns
  expect(await on(id)).toEqual([tasks[0].taskArn])
  expect(await on(instanceArn)).toEqual([tasks[0].taskArn])
  expect(await on('f'.repeat(32))).toEqual([])
  await expect(on('web')).rejects.toThrow('instanceId length should be one of [32,36]')
})
