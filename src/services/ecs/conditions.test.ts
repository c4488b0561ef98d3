import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterArn } from '../../core/ecs/cluster.ts'
import { type EcsDesk, instanceId, openEcsDesk } from './testing/ecs-desk.ts'

const id = 'f'.repeat(32)
const tags = [{ key: 'team', value: 'web' }]

let desk: EcsDesk
let cluster: string
let alone: string
beforeAll(async () => {
  desk = await openEcsDesk({ cpu: 4096, memory: 4096 })
  const { run, call } = desk
  cluster = clusterArn({ ...call.registry, name: 'prod' })
  await run('CreateCluster', { clusterName: 'prod' })
  const containerDefinitions = [{ name: 'app', image: 'web:1', memory: 8 }]
  await run('RegisterTaskDefinition', { family: 'web', containerDefinitions })
  const { tasks } = await run('RunTask', { cluster, taskDefinition: 'web' })
  alone = tasks[0].taskArn
})
afterAll(() => desk[Symbol.asyncDispose]())

const ofService = { service: 'web' }
const ofTasks = { tasks: [id] }
const ofInstances = { containerInstances: [instanceId] }
const ofAttributes = { attributes: [{ name: 'disk', targetId: instanceId }] }

test.each<[operation: string, input: object]>([
  ['RunTask', { taskDefinition: 'web', tags }],
  ['StartTask', { taskDefinition: 'web', ...ofInstances }],
  ['StopTask', { task: id }],
  ['ExecuteCommand', { task: id, command: 'ls', interactive: true }],
  ['DescribeTasks', ofTasks],
  ['GetTaskProtection', ofTasks],
  ['UpdateTaskProtection', { ...ofTasks, protectionEnabled: true }],
  ['ListTasks', {}],
  ['CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 1, tags }],
  ['UpdateService', ofService],
  ['DeleteService', ofService],
  ['DescribeServices', { services: ['web'] }],
  ['ListServices', {}],
  ['ListServiceDeployments', ofService],
  ['ListContainerInstances', {}],
  ['DescribeContainerInstances', ofInstances],
  ['UpdateContainerInstancesState', { ...ofInstances, status: 'DRAINING' }],
  ['PutAttributes', ofAttributes],
  ['DeleteAttributes', ofAttributes],
  ['ListAttributes', { targetType: 'container-instance' }],
])('a policy can tell %s in one cluster from the same in another', async (operation, input) => {
  const asked = await permissions(operation, { ...input, cluster: 'prod' })
  expect(asked).not.toEqual([])
  for (const { context } of asked) expect(context).toMatchObject({ 'ecs:cluster': cluster })
})

test('a policy can tell a deployment of one cluster from one of another', async () => {
  const arn = cluster.replace(':cluster/prod', ':service-deployment/prod/web/1')
  const [asked] = await permissions('StopServiceDeployment', { serviceDeploymentArn: arn })
  expect(asked?.context).toEqual({ 'ecs:cluster': cluster })
})

test('a policy can tell which container a command is for, whether it is named or the only one', async () => {
  const ask = async (input: object) =>
    (await permissions('ExecuteCommand', { cluster, command: 'ls', interactive: true, ...input }))[0]?.context
  expect(await ask({ task: id, container: 'app' })).toMatchObject({ 'ecs:container-name': 'app' })
  expect(await ask({ task: alone })).toMatchObject({ 'ecs:container-name': 'app' })
  expect(await ask({ task: id })).not.toHaveProperty('ecs:container-name')
})

test.each<[operation: string, input: object, unsaid: string | undefined]>([
  ['RunTask', { taskDefinition: 'web' }, 'false'],
  ['CreateService', { serviceName: 'web', taskDefinition: 'web' }, 'false'],
  ['UpdateService', ofService, undefined],
])('a policy can tell whether %s lets commands be run', async (operation, input, unsaid) => {
  const key = 'ecs:enable-execute-command'
  const [silent] = await permissions(operation, input)
  expect(silent?.context?.[key]).toBe(unsaid)
  const [allowing] = await permissions(operation, { ...input, enableExecuteCommand: true })
  expect(allowing?.context?.[key]).toBe('true')
})

test('a policy can tell what is tagged as it is made', async () => {
  const [, tagging] = await permissions('RunTask', { taskDefinition: 'web', tags })
  expect(tagging).toMatchObject({
    action: 'ecs:TagResource',
    context: { 'ecs:CreateAction': 'RunTask', 'aws:RequestTag/team': 'web' },
  })
})

test('whoever runs a task passes the roles of its definition, or those that the request has instead', async () => {
  const role = (name: string) => `arn:aws:iam::${desk.call.registry.account}:role/${name}`
  const roles = { taskRoleArn: role('task'), executionRoleArn: role('pull') }
  const containerDefinitions = [{ name: 'app', image: 'web:1', memory: 8 }]
  await desk.run('RegisterTaskDefinition', { family: 'roles', containerDefinitions, ...roles })
  const passed = async (overrides: object) => {
    const asked = await permissions('RunTask', { taskDefinition: 'roles', overrides })
    return asked.filter(({ action }) => action === 'iam:PassRole').map(({ resource }) => resource)
  }
  expect(await passed({})).toEqual([role('task'), role('pull')])
  expect(await passed({ taskRoleArn: role('other') })).toEqual([role('other'), role('pull')])
})

async function permissions(operation: string, input: object) {
  return (await desk.actions.get(operation)?.permissions(input, desk.call)) ?? []
}
