import { once } from 'node:events'
import { createServer } from 'node:http'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { testAsRootWith } from '../support/installed-programs.ts'
import { appContainer, shell, TaskWorld } from '../support/task-world.ts'
import { runningTasks } from './endpoint-watch.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox')
const patience = { timeout: 90_000, interval: 200 }
const logGroup = '/ecs/counts'

/** With every kind of end in every situation, or with those that tell the most. */
const isThorough = process.env.BERTH_TEST_ECS_KILLS !== undefined

for (const flags of isThorough ? [[], ['--live-restore']] : [[]]) {
  describe(`an engine ${flags.join(' ')}`, () => {
    let world: TaskWorld
    beforeAll(async () => {
      world = await TaskWorld.open([], flags)
      await world.pushPage('v1', 'ahoy')
      await openService(world)
    })
    afterAll(() => world?.[Symbol.asyncDispose]())

    test('that is killed in the middle of a deployment has it go on', async () => {
      await using registry = await startSilentRegistry()
      await world.register('pulls', { image: `${registry.host}/silent:1` })
      const pulling = await world.run('pulls')
      await registry.isAsked(1)
      await world.ecs.send(new UpdateServiceCommand({ service: 'counts', forceNewDeployment: true }))
      await world.dockerd.end('SIGKILL')
      await vi.waitFor(() => expect(linesAbout(world, pulling)).toMatch(/A job failed/), patience)
      await world.dockerd.start()
      await registry.isAsked(2)
      const stopped = await world.stop(pulling)
      expect(stopped.stopCode, JSON.stringify(stopped)).toBe('UserInitiated')
      await becomesStable(world)
      await linesAreWhole(world)
    })

    for (const signal of isThorough ? (['SIGTERM', 'SIGKILL'] as const) : (['SIGTERM'] as const)) {
      test(`that ends by ${signal} has no part in what a deployment's circuit breaker counts`, async () => {
        const first = await openUnready(world, `unready-${signal}`)
        await world.dockerd.end(signal)
        await world.dockerd.start()
        const lost = flags.length === 0 ? first : []
        const service = await runsAll(world, `unready-${signal}`, { without: lost })
        expect(service.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS', failedTasks: 0 }])
        await world.ecs.send(new DeleteServiceCommand({ service: `unready-${signal}`, force: true }))
      })
    }

    for (const signal of isThorough ? (['SIGKILL', 'SIGTERM'] as const) : []) {
      test(`that ends by ${signal} has its tasks back, and says what it lacked`, async () => {
        const before = await runningTasks(world.ecs, 'counts')
        await restart(world, signal)
        await becomesStable(world)
        await linesAreWhole(world)
        const after = await runningTasks(world.ecs, 'counts')
        if (flags.length > 0) return expect(idsOf(after)).toEqual(idsOf(before))
        const { events = [] } = await describeService(world)
        expect(events.map(({ message }) => message)).toContain(
          '(service counts) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.',
        )
      })
    }
  })
}

/** A service of three tasks that run, but that nobody knows to be healthy yet: they end when told to, and the engine a second later. */
async function openUnready(world: TaskWorld, serviceName: string): Promise<readonly string[]> {
  const wait = 'while true; do busybox usleep 50000; done'
  const app = appContainer({
    ...shell(`trap 'exit 3' TERM; ${wait}`),
    healthCheck: { command: ['CMD', '/bin/busybox', 'true'], interval: 300 },
  })
  const slow = appContainer({
    name: 'slow',
    essential: false,
    ...shell(`trap 'busybox sleep 1; exit 0' TERM; ${wait}`),
  })
  await world.register('unready', {}, { containerDefinitions: [app, slow] })
  await world.ecs.send(
    new CreateServiceCommand({
      serviceName,
      taskDefinition: 'unready',
      desiredCount: 3,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    }),
  )
  await runsAll(world, serviceName, { without: [] })
  const { taskArns = [] } = await world.ecs.send(new ListTasksCommand({ serviceName }))
  return taskArns
}

/** Waits until a service has as many tasks that run as it should, besides those that are to be gone. */
async function runsAll(
  world: TaskWorld,
  serviceName: string,
  { without }: { readonly without: readonly string[] },
): Promise<Service> {
  return vi.waitFor(async () => {
    const service = await describeService(world, serviceName)
    const { taskArns = [] } = await world.ecs.send(new ListTasksCommand({ serviceName }))
    expect(taskArns.filter((one) => without.includes(one))).toEqual([])
    expect(taskArns, JSON.stringify(service, undefined, 1)).toHaveLength(service.desiredCount ?? 0)
    const { tasks = [] } = await world.ecs.send(new DescribeTasksCommand({ tasks: taskArns }))
    expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(tasks.map(() => 'RUNNING'))
    return service
  }, patience)
}

function idsOf(tasks: readonly Task[]): string[] {
  return tasks.map(({ taskArn = '' }) => taskArn).toSorted()
}

/** What Berth has logged about a task. */
function linesAbout({ berth }: TaskWorld, { taskArn = '' }: Task): string {
  return berth.output
    .split('\n')
    .filter((line) => line.includes(taskArn))
    .join('\n')
}

/** Ends the engine, and begins it again when Berth has seen that it is gone. */
async function restart({ dockerd, ecs }: TaskWorld, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await dockerd.end(signal)
  await vi.waitFor(async () => {
    const { containerInstanceArns } = await ecs.send(new ListContainerInstancesCommand({}))
    expect(containerInstanceArns).toEqual([])
  }, patience)
  await dockerd.start()
}

/** A registry that never answers. */
async function startSilentRegistry() {
  let asked = 0
  const server = createServer(() => {
    asked += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    host: `127.0.0.1:${port}`,
    isAsked: (times: number) => vi.waitFor(() => expect(asked).toBeGreaterThanOrEqual(times), patience),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function openService(world: TaskWorld): Promise<void> {
  await logsOf(world).send(new CreateLogGroupCommand({ logGroupName: logGroup }))
  const counts =
    'trap "exit 0" TERM; i=0; while true; do echo "line $i"; i=$((i+1)); busybox usleep 20000; done'
  await world.register('counts', {
    ...shell(counts),
    healthCheck: { command: ['CMD', '/bin/busybox', 'true'], interval: 5 },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroup,
        'awslogs-region': 'us-east-1',
        'awslogs-stream-prefix': 'counts',
      },
    },
  })
  await world.ecs.send(
    new CreateServiceCommand({
      serviceName: 'counts',
      taskDefinition: 'counts',
      desiredCount: 2,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  )
  await becomesStable(world)
}

function logsOf({ berth, ecs }: TaskWorld): CloudWatchLogsClient {
  const { region, credentials } = ecs.config
  return new CloudWatchLogsClient({ endpoint: berth.url, region, credentials })
}

async function describeService({ ecs }: TaskWorld, name = 'counts'): Promise<Service> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: [name] }))
  return services[0] ?? {}
}

async function becomesStable(world: TaskWorld): Promise<void> {
  await vi.waitFor(async () => {
    const service = await describeService(world)
    const { deployments = [], desiredCount } = service
    const healthy = (await runningTasks(world.ecs, 'counts')).length
    const state = { deployments: deployments.length, healthy, rollout: deployments[0]?.rolloutState }
    const wanted = { deployments: 1, healthy: desiredCount, rollout: 'COMPLETED' }
    expect(state, JSON.stringify(service, undefined, 1)).toEqual(wanted)
  }, patience)
}

/** What each task has said is there from its first line on, each line once and in order. */
async function linesAreWhole(world: TaskWorld): Promise<void> {
  const logs = logsOf(world)
  const streams = new Map<string, string[]>()
  let nextToken: string | undefined
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: logGroup, nextToken }))
    nextToken = page.nextToken
    for (const { message = '', logStreamName = '' } of page.events ?? [])
      streams.set(logStreamName, [...(streams.get(logStreamName) ?? []), message])
  } while (nextToken !== undefined)
  expect(streams.size).toBeGreaterThanOrEqual(2)
  for (const [name, lines] of streams) {
    const wrong = lines.findIndex((line, index) => line !== `line ${index}`)
    expect(lines.slice(wrong < 0 ? lines.length : Math.max(0, wrong - 3), wrong + 3), name).toEqual([])
  }
}
