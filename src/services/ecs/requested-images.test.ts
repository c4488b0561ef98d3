import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseTask } from '../../core/ecs/task.ts'
import { pushImage } from '../../registry/testing/test-images.ts'
import { keyOf, makeRepository } from '../../registry/testing/test-registry.ts'
import { type EcsDesk, instanceId, openEcsDesk } from './testing/ecs-desk.ts'

const repository = keyOf('web', '111122223333')
const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v1'
const three = { count: 3 }
const there = { containerInstances: [instanceId] }

let desk: EcsDesk
beforeEach(async () => {
  desk = await openEcsDesk({ cpu: 1024, memory: 512 })
  await desk.run('CreateCluster', {})
  await makeRepository(desk.registry, repository)
})
afterEach(() => desk[Symbol.asyncDispose]())

async function pushV1(text: string): Promise<string> {
  const { image: pushed } = await pushImage(desk.registry, repository, text, { tag: 'v1' })
  return pushed.digest
}

async function register(...containers: readonly object[]): Promise<void> {
  const containerDefinitions = containers.map((one) => ({ name: 'app', image, memory: 64, ...one }))
  await desk.run('RegisterTaskDefinition', { family: 'web', containerDefinitions })
}

/** Starts tasks, and answers which image each of their containers is to run. */
async function start(operation: string, more: object) {
  const { tasks } = await desk.run(operation, { taskDefinition: 'web', ...more })
  const cluster = { account: repository.account, region: repository.region, name: 'default' }
  const { metadata } = desk.registry
  const ids = tasks.map(({ taskArn }: { taskArn: string }) => parseTask(taskArn, cluster).id)
  const stored = await metadata.tasks.ofIds(cluster, ids)
  return stored.flatMap(({ containers }) => containers.map(({ deployedDigest }) => deployedDigest))
}

test.each([
  ['RunTask', three, 3],
  ['StartTask', there, 1],
] as const)('%s has its tasks run what their tag was on when it came', async (operation, more, count) => {
  await register({})
  const first = await pushV1('first')
  expect(await start(operation, more)).toEqual(Array(count).fill(first))
  const second = await pushV1('second')
  expect(await start(operation, more)).toEqual(Array(count).fill(second))
})

test('a container keeps to its image whatever it is called', async () => {
  const names = ['app', '__proto__', 'constructor', 'toString']
  await register(...names.map((name) => ({ name })))
  const digest = await pushV1('first')
  expect(await start('RunTask', {})).toEqual(names.map(() => digest))
})

test.each([
  ['from elsewhere', { image: 'docker.io/library/web:v1' }],
  ['whose tag is not there yet', { image: image.replace(':v1', ':v2') }],
  ['whose tag may move', { versionConsistency: 'disabled' }],
])('an image %s is looked for when it is pulled', async (_what, container) => {
  await pushV1('first')
  await register(container)
  expect(await start('RunTask', three)).toEqual([undefined, undefined, undefined])
})
