import { afterEach, beforeEach, expect, test } from 'vitest'
import { StoredIdentities } from '../../access/iam/stored-identities.ts'
import { rootOf } from '../../access/principal.ts'
import { parseRegion } from '../../core/names/region.ts'
import { TaskRefusedError, type TaskRequest } from '../../messaging/start-tasks.ts'
import { openAuthoriser } from '../../open-authoriser.ts'
import { ourAccount as account, type EcrDesk, openEcrDesk, theirAccount } from '../ecr/testing/ecr-desk.ts'
import type { BoundAction, Call } from '../service.ts'
import { ecsService } from './ecs-service.ts'
import { runTasksForRules } from './run-tasks-for-rules.ts'

let desk: EcrDesk
let actions: ReadonlyMap<string, BoundAction>
let startTasks: ReturnType<typeof runTasksForRules>
beforeEach(async () => {
  desk = await openEcrDesk()
  const { registry } = desk.context
  const identities = new StoredIdentities(registry.metadata, { ttl: 0, now: registry.now })
  actions = ecsService({
    registry,
    findInstance: async () => undefined,
    findDigests: async () => ({}),
    hasLooked: () => true,
    issueExecToken: () => '',
    onExec: () => {},
  }).actions
  startTasks = runTasksForRules(
    { registry, findInstance: async () => undefined, findDigests: async () => ({}), hasLooked: () => true },
    openAuthoriser(registry, identities),
  )
  await run('CreateCluster', { clusterName: 'default' })
  const container = { name: 'web', image: 'web:1', memory: 64 }
  await run('RegisterTaskDefinition', { family: 'web', containerDefinitions: [container] })
})
afterEach(() => desk[Symbol.asyncDispose]())

const region = parseRegion('us-east-1')
const call: Call = {
  caller: rootOf(account),
  registry: { account, region },
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  requestId: 'request-1',
  endpoint: 'http://localhost:4566',
  pages: { position: undefined, next: String },
}

// biome-ignore lint/suspicious/noExplicitAny: each operation answers another shape, and tests read them.
async function run(operation: string, input: object): Promise<any> {
  return actions.get(operation)?.run(input, call)
}

/** A role that this service may assume, with one statement of its own. */
async function makeRole(service: string, statement?: object): Promise<void> {
  const document = (content: object) => JSON.stringify({ Version: '2012-10-17', Statement: [content] })
  const trustPolicy = document({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })
  const id = 'AROAEXAMPLEEXAMPLE123'
  const { metadata, now } = desk.context.registry
  const details = { tags: {}, trustPolicy }
  await metadata.write(async (tx) => {
    await tx.iam.addEntity({
      id,
      account,
      kind: 'role',
      name: 'runner',
      path: '/',
      createdAt: now(),
      details,
    })
    if (statement !== undefined) await tx.iam.putInlinePolicy(id, { name: 'run', text: document(statement) })
  })
}

const mayRun = { Effect: 'Allow', Action: ['ecs:RunTask', 'iam:PassRole'], Resource: '*' }
const request: TaskRequest = {
  rule: { account, region, bus: 'default', name: 'orders' },
  cluster: `arn:aws:ecs:us-east-1:${account}:cluster/default`,
  role: `arn:aws:iam::${account}:role/runner`,
  parameters: { TaskDefinitionArn: `arn:aws:ecs:us-east-1:${account}:task-definition/web`, TaskCount: 2 },
  input: '{"containerOverrides":[{"name":"web","command":["echo","hi"]}]}',
  token: 'a'.repeat(64),
}

async function tasks() {
  const { taskArns } = await run('ListTasks', { cluster: 'default' })
  return taskArns.length === 0
    ? []
    : (await run('DescribeTasks', { cluster: 'default', tasks: taskArns })).tasks
}

test('a role that trusts EventBridge and may run the task runs it, once for each token', async () => {
  await makeRole('events.amazonaws.com', mayRun)
  const arns = (await startTasks(request)).toSorted()
  expect((await startTasks(request)).toSorted()).toEqual(arns)
  const found = await tasks()
  expect(found.map(({ taskArn }: { taskArn: string }) => taskArn).toSorted()).toEqual(arns)
  expect(found[0]).toMatchObject({
    startedBy: 'events-rule/orders',
    overrides: { containerOverrides: [{ name: 'web', command: ['echo', 'hi'] }] },
  })
  expect(await startTasks({ ...request, token: 'b'.repeat(64), input: '{"any":"event"}' })).toHaveLength(2)
})

test.each([
  ['there is not', undefined, undefined],
  ['does not trust EventBridge', 'ecs-tasks.amazonaws.com', mayRun],
  ['may not run tasks', 'events.amazonaws.com', undefined],
  ['is denied it', 'events.amazonaws.com', { ...mayRun, Effect: 'Deny' }],
])('a role that %s runs nothing', async (_why, service, statement) => {
  if (service !== undefined) await makeRole(service, statement)
  const starting = startTasks(request)
  await expect(starting).rejects.toThrow(TaskRefusedError)
  await expect(starting).rejects.toThrow('is not authorized to perform: ')
  expect(await tasks()).toEqual([])
})

test('a rule of another account runs nothing by it, though it trusts EventBridge', async () => {
  await makeRole('events.amazonaws.com', mayRun)
  const starting = startTasks({ ...request, rule: { ...request.rule, account: theirAccount } })
  await expect(starting).rejects.toThrow(`perform: sts:AssumeRole on resource: ${request.role}`)
  expect(await tasks()).toEqual([])
})

test('what ECS refuses is refused for good', async () => {
  await makeRole('events.amazonaws.com', mayRun)
  const parameters = { ...request.parameters, TaskDefinitionArn: 'web:9' }
  await expect(startTasks({ ...request, parameters })).rejects.toThrow('TaskDefinition not found.')
})
