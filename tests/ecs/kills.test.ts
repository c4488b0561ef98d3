import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ListTasksCommand,
  type Service,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { expect, onTestFailed, test, vi } from 'vitest'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { TaskWorld, webImage } from '../support/task-world.ts'
import { watchPorts } from './engine-ports.ts'

const asksItself = ['/bin/busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1/']
const eventLog = '/events/ecs'
/** On PostgreSQL what a dead process was at is taken up when its lease of a minute ends. */
const patience = { timeout: 120_000, interval: 300 }
/** CI has one kill in services.test.ts, which takes less time. */
const kills = Number(process.env.BERTH_TEST_ECS_KILLS ?? 0)

for (const store of ['SQLite', 'PostgreSQL'] as const) {
  test.skipIf(kills === 0)(
    `with ${store}, deployments that Berth is killed in ${kills} times get there, as if nothing had happened`,
    async () => {
      await using resources = new AsyncDisposableStack()
      const database = store === 'SQLite' ? undefined : resources.use(await startPostgresDatabase())
      const world = resources.use(await TaskWorld.open(database ? ['--database', database.url] : []))
      await killInDeployments(world)
    },
    3_600_000,
  )
}

async function killInDeployments(world: TaskWorld): Promise<void> {
  const seed = process.env.BERTH_TEST_SEED ?? randomUUID()
  onTestFailed(() => console.error(`To see it again: BERTH_TEST_SEED=${seed}`))
  const random = new SeededRandom(seed)
  const before = await openService(world)
  let most = 0
  const watch = await watchPorts(world.dockerd, 'web', async () => {
    for (let killed = 0; killed < kills; killed += 1) {
      await deploy(world, random)
      // Some kills come in the middle of what follows the one before.
      for (let again = true; again; again = random.below(3) === 0) {
        await pause(random.below(8_000))
        await world.berth.kill()
        await pause(random.below(1_000))
        await world.berth.start()
        most = Math.max(most, (await tasksThatAre(world, 'RUNNING')).length)
      }
      if (random.below(2) === 0) await becomesStable(world)
    }
    await becomesStable(world)
  })
  expect(watch).toEqual({ fewest: 2, doubles: [] })
  // maximumPercent is 200.
  expect(most).toBeLessThanOrEqual(4)
  await nothingIsStuck(world)
  await world.ecs.send(new DeleteServiceCommand({ service: 'web', force: true }))
  await vi.waitFor(async () => expect((await describeWeb(world)).status).toBe('INACTIVE'), patience)
  expect(await contentsOf(world)).toEqual(before)
  await eventsAreInOrder(world)
}

/** A service of two tasks that is stable, and what the engine had before it. */
async function openService(world: TaskWorld): Promise<object> {
  for (const tag of ['v1', 'v2']) await world.pushPage(tag, tag)
  for (const tag of ['v1', 'v2']) {
    await world.register(
      'web',
      {
        image: `${webImage}:${tag}`,
        portMappings: [{ containerPort: 80 }],
        mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
        healthCheck: { command: ['CMD', ...asksItself], interval: 5 },
      },
      { volumes: [{ name: 'data' }] },
    )
  }
  await logEvents(world)
  const before = await contentsOf(world)
  await world.ecs.send(
    new CreateServiceCommand({ serviceName: 'web', taskDefinition: 'web:1', desiredCount: 2 }),
  )
  await becomesStable(world)
  return before
}

async function deploy({ ecs }: TaskWorld, random: SeededRandom): Promise<void> {
  const taskDefinition = random.pick(['web:1', 'web:2'])
  await ecs.send(new UpdateServiceCommand({ service: 'web', taskDefinition, forceNewDeployment: true }))
}

async function describeWeb({ ecs }: TaskWorld): Promise<Service> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: ['web'] }))
  return services[0] ?? {}
}

async function becomesStable(world: TaskWorld): Promise<void> {
  await vi.waitFor(async () => {
    const service = await describeWeb(world)
    const { deployments = [], desiredCount, runningCount } = service
    const state = { deployments: deployments.length, runningCount, rollout: deployments[0]?.rolloutState }
    const wanted = { deployments: 1, runningCount: desiredCount, rollout: 'COMPLETED' }
    expect(state, JSON.stringify(service, undefined, 1)).toEqual(wanted)
  }, patience)
}

/** Two tasks are there, and all others have stopped. */
async function nothingIsStuck(world: TaskWorld): Promise<void> {
  expect(await tasksThatAre(world, 'RUNNING')).toHaveLength(2)
  for (const taskArn of await tasksThatAre(world, 'STOPPED')) await world.becomes({ taskArn }, 'STOPPED')
}

/** By what they are to be. */
async function tasksThatAre({ ecs }: TaskWorld, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<string[]> {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ serviceName: 'web', desiredStatus }))
  return taskArns
}

/** All that the engine has. */
async function contentsOf(world: TaskWorld): Promise<object> {
  const images = await world.dockerd.docker.output(['images', '--format', '{{.Repository}}:{{.Tag}}'])
  return { ...(await world.engineContents()), images: images.split('\n').toSorted() }
}

/** Has all events of ECS written to a log group. */
async function logEvents(world: TaskWorld): Promise<void> {
  const { region, credentials } = world.ecs.config
  const client = { endpoint: world.berth.url, region, credentials }
  await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName: eventLog }))
  const events = new EventBridgeClient(client)
  const pattern = JSON.stringify({ source: ['aws.ecs'] })
  await events.send(new PutRuleCommand({ Name: 'all', EventPattern: pattern }))
  const Arn = `arn:aws:logs:us-east-1:000000000000:log-group:${eventLog}`
  await events.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: 'log', Arn }] }))
}

interface TaskEvent {
  readonly 'detail-type': string
  readonly detail: { readonly taskArn: string; readonly version: number; readonly lastStatus: string }
}

/** Each task's changes were told one after another, up to its end. */
async function eventsAreInOrder(world: TaskWorld): Promise<void> {
  const { region, credentials } = world.ecs.config
  const logs = new CloudWatchLogsClient({ endpoint: world.berth.url, region, credentials })
  await vi.waitFor(async () => {
    const told = new Map<string, TaskEvent['detail'][]>()
    let nextToken: string | undefined
    do {
      const page = await logs.send(new FilterLogEventsCommand({ logGroupName: eventLog, nextToken }))
      nextToken = page.nextToken
      for (const { message = '' } of page.events ?? []) {
        const event: TaskEvent = JSON.parse(message)
        if (event['detail-type'] !== 'ECS Task State Change') continue
        const { taskArn } = event.detail
        told.set(taskArn, [...(told.get(taskArn) ?? []), event.detail])
      }
    } while (nextToken !== undefined)
    expect(told.size).toBeGreaterThanOrEqual(4)
    for (const changes of told.values()) {
      const versions = changes.map(({ version }) => version)
      const upwards = [...new Set(versions)].toSorted((one, other) => one - other)
      expect(versions.filter((one, index) => one !== versions[index - 1])).toEqual(upwards)
      expect(upwards).toEqual(Array.from(upwards, (_, index) => index + 1))
      expect(changes.at(-1)?.lastStatus).toBe('STOPPED')
    }
  }, patience)
}
