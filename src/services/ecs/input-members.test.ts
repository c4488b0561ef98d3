import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTaskJob } from '../../core/ecs/task.ts'
import ecs from '../../protocols/aws/models/ecs.json' with { type: 'json' }
import { ourAccount as account } from '../ecr/testing/ecr-desk.ts'
import { type EcsDesk, instanceId as id, openEcsDesk } from './testing/ecs-desk.ts'

const cluster = 'default'
const arn = `arn:aws:ecs:us-east-1:${account}:cluster/default`
const container = { name: 'app', image: 'web:1', memory: 8 }
const attributes = [{ name: 'stack', value: 'test', targetId: id, targetType: 'container-instance' }]

let desk: EcsDesk
let task: string
let deployment: string
beforeAll(async () => {
  desk = await openEcsDesk({ cpu: 4096, memory: 4096 })
  const { run, registry } = desk
  for (const clusterName of [cluster, 'empty']) await run('CreateCluster', { clusterName })
  for (const _ of [1, 2])
    await run('RegisterTaskDefinition', { family: 'web', containerDefinitions: [container] })
  await run('DeregisterTaskDefinition', { taskDefinition: 'web:1' })
  const { service } = await run('CreateService', {
    serviceName: 'web',
    taskDefinition: 'web',
    desiredCount: 1,
  })
  deployment = service.currentServiceDeployment
  task = (await run('RunTask', { taskDefinition: 'web', enableExecuteCommand: true })).tasks[0].taskArn
  await registry.metadata.write(async (tx) => {
    const known = await tx.tasks.lock(readTaskJob(task))
    const containers = known?.containers.map((one) => ({ ...one, status: 'RUNNING' }) as const)
    if (known && containers) await tx.tasks.put({ ...known, status: 'RUNNING', containers })
  })
})
afterAll(() => desk[Symbol.asyncDispose]())

/** What each operation needs to get to its end. */
const inputs: Readonly<Record<string, () => object>> = {
  CreateCluster: () => ({}),
  CreateService: () => ({ serviceName: 'other', taskDefinition: 'web', desiredCount: 1 }),
  DeleteAccountSetting: () => ({ name: 'containerInsights' }),
  DeleteAttributes: () => ({ attributes }),
  DeleteCluster: () => ({ cluster: 'empty' }),
  DeleteService: () => ({ service: 'web', force: true }),
  DeleteTaskDefinitions: () => ({ taskDefinitions: ['web:1'] }),
  DeregisterTaskDefinition: () => ({ taskDefinition: 'web:1' }),
  DescribeContainerInstances: () => ({ containerInstances: [id] }),
  DescribeServiceDeployments: () => ({ serviceDeploymentArns: [deployment] }),
  DescribeServiceRevisions: () => ({
    serviceRevisionArns: [deployment.replace(':service-deployment/', ':service-revision/')],
  }),
  DescribeServices: () => ({ services: ['web'] }),
  DescribeTaskDefinition: () => ({ taskDefinition: 'web' }),
  DescribeTasks: () => ({ tasks: [task] }),
  ExecuteCommand: () => ({ task, command: 'true', interactive: true }),
  GetTaskProtection: () => ({ cluster, tasks: [task] }),
  ListAttributes: () => ({ targetType: 'container-instance' }),
  ListServiceDeployments: () => ({ service: 'web' }),
  ListTagsForResource: () => ({ resourceArn: arn }),
  PutAccountSetting: () => ({ name: 'containerInsights', value: 'disabled' }),
  PutAccountSettingDefault: () => ({ name: 'containerInsights', value: 'disabled' }),
  PutAttributes: () => ({ attributes }),
  PutClusterCapacityProviders: () => ({
    cluster,
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
  }),
  RunTask: () => ({ taskDefinition: 'web' }),
  StartTask: () => ({ taskDefinition: 'web', containerInstances: [id] }),
  StopServiceDeployment: () => ({ serviceDeploymentArn: deployment, stopType: 'ABORT' }),
  StopTask: () => ({ task }),
  TagResource: () => ({ resourceArn: arn, tags: [{ key: 'team', value: 'web' }] }),
  UntagResource: () => ({ resourceArn: arn, tagKeys: ['team'] }),
  UpdateCluster: () => ({ cluster }),
  UpdateClusterSettings: () => ({ cluster, settings: [] }),
  UpdateContainerInstancesState: () => ({ containerInstances: [id], status: 'ACTIVE' }),
  UpdateService: () => ({ service: 'web' }),
  UpdateTaskProtection: () => ({ cluster, tasks: [task], protectionEnabled: true }),
}

/** Members that change nothing, and why. */
const withoutEffect: Readonly<Record<string, readonly string[]>> = {
  // The doors read it, and hand on the position that it seals.
  nextToken: ['*'],
  // Neither the answer nor any other tells of it, in AWS as little as here.
  referenceId: ['RunTask', 'StartTask'],
  // There are none of which a cluster could have some, and which would be more than a page.
  cluster: ['DescribeCapacityProviders'],
  include: ['DescribeCapacityProviders'],
  maxResults: ['DescribeCapacityProviders'],
  // The model knows one.
  targetType: ['ListAttributes'],
}

/** Their input is kept as a whole; running refuses what it doesn't act upon. */
const keptWhole = ['RegisterTaskDefinition']

/** An input that tells which of its members are read. */
function watched(input: object): { readonly input: object; readonly read: ReadonlySet<PropertyKey> } {
  const read = new Set<PropertyKey>()
  const get = (target: object, name: string | symbol) => {
    read.add(name)
    return Reflect.get(target, name)
  }
  const has = (target: object, name: string | symbol) => {
    read.add(name)
    return Reflect.has(target, name)
  }
  return { input: new Proxy(input, { get, has }), read }
}

const shapes: ReadonlyMap<string, object> = new Map(Object.entries(ecs.shapes))
const operations = new Map(Object.entries(ecs.operations))

function membersOf(operation: string): readonly string[] {
  const shape = shapes.get(operations.get(operation)?.input.shape ?? '')
  return shape !== undefined && 'members' in shape ? Object.keys(shape.members ?? {}) : []
}

/** What ends something comes after what needs it. */
function inOrder([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  const rank = (name: string) => (name.startsWith('Delete') ? 2 : Number(name.startsWith('Stop')))
  return rank(one) - rank(other)
}

test('each operation heeds every member of its input, or says that it is not offered', async () => {
  const ignored: string[] = []
  const { actions, call } = desk
  for (const [operation, action] of [...actions].toSorted(inOrder)) {
    if (keptWhole.includes(operation)) continue
    const { input, read } = watched(inputs[operation]?.() ?? {})
    action.permissions(input, call)
    await action.run(input, call)
    const unread = membersOf(operation).filter((name) => !read.has(name))
    const excused = (name: string) => ['*', operation].some((one) => withoutEffect[name]?.includes(one))
    ignored.push(...unread.filter((name) => !excused(name)).map((name) => `${operation}.${name}`))
  }
  expect(ignored).toEqual([])
})
