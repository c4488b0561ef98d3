import { cp, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { shell, TaskWorld } from '../support/task-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox', 'ip')
const patience = { timeout: 60_000, interval: 200 }
const flags = ['--task-settle-time', '1s']
const deletion = new DeleteServiceCommand({ service: 'web', force: true })

const resources = new AsyncDisposableStack()
let world: TaskWorld
let folder: string
let original: BerthProcess
/** Of the original's service, by their ids: they are to stay, whatever its copies do. */
let before: readonly string[]

beforeAll(async () => {
  folder = resources.use(await temporaryFolder()).path
  world = resources.use(await TaskWorld.open(flags))
  original = world.berth
  await world.pushPage('v1', 'ahoy')
  const volumes = [{ name: 'scratch' }]
  const mountPoints = [{ sourceVolume: 'scratch', containerPath: '/scratch' }]
  const command = shell('trap "exit 0" TERM; while true; do busybox sleep 1; done')
  await world.register('web', { ...command, mountPoints }, { networkMode: 'awsvpc', volumes })
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
  const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 1, networkConfiguration }
  await world.ecs.send(new CreateServiceCommand(service))
  before = await runningIn(world.ecs)
})
afterAll(() => resources.disposeAsync())

test('copies of a data folder run its service beside the original, and none touches what another has', async () => {
  const ofOriginal = await everything()
  const [copied, cloned] = await copyFolder('copy', 'clone')
  await bindTo(cloned, 'of another machine')
  const copies = await Promise.all([copied, cloned].map(startOn))
  const ofCopies = await Promise.all(copies.map((copy) => runningIn(clientOf(copy), before)))
  for (const { output } of copies) expect(output).toContain('left alone')
  for (const berth of [original, ...copies]) await restart(berth)
  expect(await Promise.all(copies.map((copy) => runningIn(clientOf(copy))))).toEqual(ofCopies)
  expect(await runningIn(world.ecs)).toEqual(before)
  await Promise.all(copies.map((copy) => clientOf(copy).send(deletion)))
  await vi.waitFor(async () => expect(await everything()).toEqual(ofOriginal), patience)
  for (const copy of copies) await copy[Symbol.asyncDispose]()
})

test('a data folder that is moved goes on with its tasks, also on a machine that was started again', async () => {
  const ofOriginal = await everything()
  await original.kill()
  const path = join(folder, 'moved')
  await rename(original.dataDir, path)
  await bindTo(path, 'before')
  const moved = await startOn(path)
  await vi.waitFor(() => expect(lastRunOf(path)).not.toBe('before'), patience)
  expect(await runningIn(clientOf(moved))).toEqual(before)
  expect(await everything()).toEqual(ofOriginal)
})

/** Copies the data folder while its Berth is down for a moment. */
async function copyFolder(...names: readonly [string, string]): Promise<[string, string]> {
  const [one, other] = [join(folder, names[0]), join(folder, names[1])]
  await original.kill()
  for (const path of [one, other])
    await cp(original.dataDir, path, { recursive: true, preserveTimestamps: true })
  await original.start()
  return [one, other]
}

async function restart(berth: BerthProcess): Promise<void> {
  await berth.kill()
  await berth.start()
}

async function startOn(dataDir: string): Promise<BerthProcess> {
  const { DOCKER_HOST } = world.dockerd.env
  return resources.use(await startBerthProcess({ dataDir, flags, env: { DOCKER_HOST } }))
}

/** The client of another Berth with the same keys. */
function clientOf({ url: endpoint }: BerthProcess): ECSClient {
  const { region, credentials } = world.ecs.config
  return new ECSClient({ endpoint, region, credentials, maxAttempts: 1 })
}

/** Has a database believe that it was always in its file, as one does whose whole disk was cloned, at some other start of its machine. */
async function bindTo(path: string, run: string): Promise<void> {
  const file = join(path, 'metadata.db')
  const { ino, birthtimeNs } = await stat(file, { bigint: true })
  const database = new DatabaseSync(file)
  database.prepare('update engine_claims set place = ?, run = ?').run(`${ino}-${birthtimeNs}`, run)
  database.close()
}

/** At which start of which machine a database was bound to its place. */
function lastRunOf(path: string): unknown {
  const database = new DatabaseSync(join(path, 'metadata.db'), { readOnly: true })
  const { run } = database.prepare('select run from engine_claims order by number desc').get() ?? {}
  database.close()
  return run
}

/** The runtime ids of the service's containers, once as many run as should, and none of those that are named. */
async function runningIn(ecs: ECSClient, others: readonly string[] = []): Promise<readonly string[]> {
  return vi.waitFor(async () => {
    const { taskArns: tasks = [] } = await ecs.send(new ListTasksCommand({ serviceName: 'web' }))
    const found = await ecs.send(new DescribeTasksCommand({ tasks }))
    const ids = (found.tasks ?? []).filter(({ lastStatus }) => lastStatus === 'RUNNING').flatMap(runtimeIds)
    expect(ids).toHaveLength(1)
    expect(others).not.toContain(ids[0])
    return ids
  }, patience)
}

function runtimeIds({ containers = [] }: Task): string[] {
  return containers.map(({ runtimeId = '' }) => runtimeId)
}

/** The ids or names of all that carries any Berth's mark, and of what runs whether it does. */
async function everything(): Promise<readonly string[]> {
  const { docker } = world.dockerd
  const marked = ['--filter', 'label=berth.owner']
  const lists = await Promise.all([
    docker.output(['ps', '--all', '--no-trunc', ...marked, '--format', '{{.ID}} {{.State}}']),
    docker.output(['volume', 'ls', ...marked, '--quiet']),
    docker.output(['network', 'ls', ...marked, '--quiet']),
  ])
  return lists.flatMap((list) => list.split('\n').filter((line) => line !== '')).toSorted()
}
