import type { Task } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { testAsRootWith } from '../support/installed-programs.ts'
import { TaskWorld } from '../support/task-world.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox', 'ip')

const arnLabel = 'com.amazonaws.ecs.task-arn'

let world: TaskWorld
beforeAll(async () => {
  world = await TaskWorld.open()
  await world.pushPage('v1', 'ahoy')
  await world.register('app', { portMappings: [{ containerPort: 80 }] })
})
afterAll(() => world?.[Symbol.asyncDispose]())

test('what a person makes of a task, or labels as a task is, stays theirs', async () => {
  const { docker } = world.dockerd
  const task = await world.becomes(await world.run('app'), 'RUNNING')
  await world.becomes(await world.run('app'), 'RUNNING')
  const { name, labels } = await marksOf(task)
  const copied = flagsOf(labels)
  await docker.output(['commit', runtimeIdOf(task), 'committed'])
  await docker.output(['run', '--detach', '--name', 'runs', 'committed'])
  await docker.run(['run', '--name', 'ended', 'committed', 'sh', '-c', 'exit 9'])
  await docker.output(['create', '--name', `${name}-copy`, 'committed'])
  await docker.output(['create', '--name', name.replace('ecs-', 'ecs-my-'), ...copied, 'committed'])
  await docker.output(['create', '--name', forgotten(name), 'committed'])
  await docker.output(['volume', 'create', ...copied, 'copied'])
  await docker.output(['network', 'create', ...copied, 'copied'])
  const theirs = (await everything()).filter((one) => one !== name)
  expect(runtimeIdOf(await world.becomes(task, 'RUNNING'))).toBe(runtimeIdOf(task))
  await world.stop(task)
  await sweep(labels)
  expect(await everything()).toEqual(theirs)
  expect((await world.inspect({ runtimeId: 'runs' })).State.Running).toBe(true)
})

test("a task's container that a person renames is still the task's", async () => {
  const { docker } = world.dockerd
  const task = await world.becomes(await world.run('app'), 'RUNNING')
  const { labels } = await marksOf(task)
  await docker.output(['rename', runtimeIdOf(task), 'renamed'])
  await sweep(labels)
  expect(runtimeIdOf(await world.becomes(task, 'RUNNING'))).toBe(runtimeIdOf(task))
  await world.stop(task)
  expect(await everything()).not.toContain('renamed')
})

test("a network with the name of Berth's own that it hasn't made is not joined, and stays", async () => {
  const { docker } = world.dockerd
  const { labels } = await marksOf(await world.becomes(await world.run('app'), 'RUNNING'))
  const network = `ecs-${labels['berth.owner']}-000000000000-us-east-1-subnet-1`
  await docker.output(['network', 'create', network])
  await world.register('vpc', {}, { networkMode: 'awsvpc' })
  const awsvpcConfiguration = { subnets: ['subnet-1'] }
  const task = await world.run('vpc', { networkConfiguration: { awsvpcConfiguration } })
  expect(await world.becomes(task, 'STOPPED')).toMatchObject({
    stoppedReason: `ResourceInitializationError: The engine has a network '${network}' that Berth hasn't made.`,
  })
  expect(await everything()).toContain(network)
})

test('a task whose interface can not be made leaves no network behind', async () => {
  const extraHosts = [{ hostname: 'nowhere', ipAddress: '1:2' }]
  await world.register('nowhere', { extraHosts }, { networkMode: 'awsvpc' })
  const awsvpcConfiguration = { subnets: ['subnet-2'] }
  const task = await world.run('nowhere', { networkConfiguration: { awsvpcConfiguration } })
  const { stoppedReason } = await world.becomes(task, 'STOPPED')
  expect(stoppedReason).toMatch(/^ResourceInitializationError: .*invalid IP address/)
  expect((await everything()).filter((name) => name.endsWith('subnet-2'))).toEqual([])
})

/** The name of a task's container, and its labels. */
async function marksOf(task: Task): Promise<{ name: string; labels: Record<string, string> }> {
  const { Name, Config } = await world.inspect(task.containers?.[0])
  return { name: Name.slice(1), labels: Config.Labels }
}

/** The name of something of a task that Berth doesn't know any more. */
function forgotten(name: string): string {
  return name.replace(/[^-/]*$/, 'f'.repeat(32))
}

function flagsOf(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`])
}

function runtimeIdOf({ containers }: Task): string {
  return containers?.[0]?.runtimeId ?? ''
}

/** The names of all that the engine has. */
async function everything(): Promise<string[]> {
  const { docker } = world.dockerd
  const lists = await Promise.all([
    docker.output(['ps', '--all', '--format', '{{.Names}}']),
    docker.output(['volume', 'ls', '--format', '{{.Name}}']),
    docker.output(['network', 'ls', '--format', '{{.Name}}']),
  ])
  return lists.flatMap((list) => list.split('\n')).toSorted()
}

/** Has Berth go through all that it has on the engine, and waits until it has removed what is left of a forgotten task. */
async function sweep(labels: Readonly<Record<string, string>>): Promise<void> {
  const { docker } = world.dockerd
  const marks = flagsOf({ ...labels, [arnLabel]: forgotten(labels[arnLabel] ?? '') })
  const left = forgotten('ecs-app-1-left-')
  await docker.output(['volume', 'create', ...marks, left])
  await world.berth.kill()
  await world.berth.start()
  await vi.waitFor(async () => expect(await everything()).not.toContain(left), { timeout: 40_000 })
}
