import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { startDockerd } from '../support/dockerd.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { appContainer, shell, TaskWorld, webImage } from '../support/task-world.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox')
const patience = { timeout: 90_000, interval: 200 }

const endsAtOnce = shell('trap "exit 0" TERM; while true; do busybox sleep 0.1; done')

let world: TaskWorld
/** What happens once, just before the engine is asked to make a container. */
let beforeCreation: (() => Promise<unknown>) | undefined
const resources = new AsyncDisposableStack()

beforeAll(async () => {
  const dockerd = resources.use(await startDockerd([], 'none'))
  const host = await standBefore(dockerd.env.DOCKER_HOST.replace('unix://', ''))
  const flags = ['--task-image-expiry', '1s', '--task-settle-time', '1s']
  world = resources.use(await TaskWorld.on(dockerd, { flags, env: { DOCKER_HOST: host } }))
})
afterAll(() => resources.disposeAsync())

test('of what tasks have left on the engine only that goes which Berth has pulled and nobody else has or needs', async () => {
  const { docker } = world.dockerd
  const built = await push('built')
  const names = ['unused', 'tagged', 'made', 'serving'] as const
  const digests = new Map<string, string>()
  for (const name of names) digests.set(name, await pushAway(name))
  const nameOf = (name: (typeof names)[number]) => `${world.berth.host}/web@${digests.get(name)}`
  await serve()
  await whileRunning(['tagged', 'made'], async () => {
    await docker.output(['tag', nameOf('tagged'), `${world.berth.host}/web:mine`])
    await docker.output(['create', '--name', 'theirs', nameOf('made')])
  })
  await runOnce('built')
  // What was used last goes last: by then all others would have gone.
  await runOnce('unused')

  await vi.waitFor(async () => expect(await references()).not.toContain(nameOf('unused')), patience)
  const theirs = [nameOf('tagged'), nameOf('made'), nameOf('serving'), `${world.berth.host}/web@${built}`]
  expect(await references()).toEqual(expect.arrayContaining(theirs))

  await docker.output(['rm', 'theirs'])
  await world.ecs.send(new DeleteServiceCommand({ service: 'serving', force: true }))
  const given = [nameOf('made'), nameOf('serving')]
  await vi.waitFor(async () => {
    const now = await references()
    expect(now.filter((one) => given.includes(one))).toEqual([])
  }, patience)
  expect(await references()).toEqual(expect.arrayContaining(theirs.filter((one) => !given.includes(one))))
})

test('a task starts though its image is removed just before its container is made', async () => {
  const digest = await pushAway('raced')
  await world.register('raced', { image: `${webImage}:raced`, ...shell('exit 7') }, { networkMode: 'none' })
  beforeCreation = () => world.dockerd.docker.output(['rmi', `${world.berth.host}/web@${digest}`])
  const task = await world.becomes(await world.run('raced'), 'STOPPED')
  expect(beforeCreation).toBeUndefined()
  expect(task.containers).toMatchObject([{ exitCode: 7, imageDigest: digest }])
})

function push(tag: string): Promise<string> {
  return world.pushPage(tag, tag)
}

/** Pushes an image that the engine hasn't got afterwards. */
async function pushAway(tag: string): Promise<string> {
  const digest = await push(tag)
  await world.dockerd.docker.output(['rmi', `${world.berth.host}/web:${tag}`])
  return digest
}

async function runOnce(tag: string): Promise<void> {
  await world.register(tag, { image: `${webImage}:${tag}`, ...shell('exit 0') }, { networkMode: 'none' })
  const { containers } = await world.becomes(await world.run(tag), 'STOPPED')
  expect(containers).toMatchObject([{ exitCode: 0 }])
}

/** What people do with images that a task runs. */
async function whileRunning(tags: readonly string[], work: () => Promise<void>): Promise<void> {
  const containerDefinitions = tags.map((name) =>
    appContainer({ name, image: `${webImage}:${name}`, ...endsAtOnce }),
  )
  await world.register('running', {}, { containerDefinitions, networkMode: 'none' })
  const task = await world.becomes(await world.run('running'), 'RUNNING')
  await work()
  await world.stop(task)
}

/** A service that has run a task, and now runs none: its deployment would come back to the same image. */
async function serve(): Promise<void> {
  await world.register('serving', { image: `${webImage}:serving`, ...endsAtOnce }, { networkMode: 'none' })
  const service = { serviceName: 'serving', taskDefinition: 'serving', desiredCount: 1 }
  await world.ecs.send(new CreateServiceCommand(service))
  const task = await vi.waitFor(async () => {
    const { taskArns: [taskArn] = [] } = await world.ecs.send(
      new ListTasksCommand({ serviceName: 'serving' }),
    )
    expect(taskArn).toBeDefined()
    return { taskArn }
  }, patience)
  await world.becomes(task, 'RUNNING')
  await world.ecs.send(new UpdateServiceCommand({ service: 'serving', desiredCount: 0 }))
  await world.becomes(task, 'STOPPED')
}

/** All names by digest that images of the engine have. */
async function references(): Promise<string[]> {
  const format = ['--digests', '--format', '{{.Repository}}@{{.Digest}}']
  return (await world.dockerd.docker.output(['images', ...format])).split('\n')
}

/** Stands before an engine, and lets something happen before what it is asked. Resolves to its address. */
async function standBefore(path: string): Promise<string> {
  const server = createServer((client) => {
    const engine = connect(path)
    for (const socket of [client, engine]) socket.on('error', () => undefined)
    engine.on('close', () => client.destroy())
    engine.pipe(client)
    void forward(client, engine).catch(() => engine.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  resources.defer(() => void server.close())
  const { port } = server.address() as AddressInfo
  return `tcp://127.0.0.1:${port}`
}

async function forward(client: Socket, engine: Socket): Promise<void> {
  for await (const chunk of client) {
    const isCreation = /^POST \S*\/containers\/create/m.test(String(chunk))
    const happening = isCreation ? beforeCreation : undefined
    if (isCreation) beforeCreation = undefined
    await happening?.()
    engine.write(chunk)
  }
  engine.end()
}
