import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Task,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { appContainer, shell, TaskWorld } from '../support/task-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const isThorough = process.env.BERTH_TEST_ECS_KILLS !== undefined
const rounds = isThorough ? 10 : 1
const logGroup = '/ecs/many'
const logOptions = {
  'awslogs-group': logGroup,
  'awslogs-region': 'us-east-1',
  'awslogs-stream-prefix': 'many',
}
const test = testAsRootWith('dockerd', 'docker', 'busybox')
/** What a dead process was at is taken up when its lease of a minute ends. */
const patience = { timeout: 120_000, interval: 300 }

vi.setConfig({ testTimeout: rounds * 180_000 })

describe('two Berths on one database', () => {
  const resources = new AsyncDisposableStack()
  let world: TaskWorld
  let other: BerthProcess
  let ecs: ECSClient
  let logs: CloudWatchLogsClient
  beforeAll(async () => {
    const database = resources.use(await startPostgresDatabase())
    const flags = ['--database', database.url, '--task-settle-time', '1s']
    world = resources.use(await TaskWorld.open(flags))
    await world.pushPage('v1', 'ahoy')
    const { path } = resources.use(await temporaryFolder())
    await shareFolder(world.berth.dataDir, path)
    const { DOCKER_HOST } = world.dockerd.env
    other = resources.use(await startBerthProcess({ dataDir: path, flags, env: { DOCKER_HOST } }))
    const { region, credentials } = world.ecs.config
    ecs = new ECSClient({ endpoint: other.url, region, credentials })
    logs = new CloudWatchLogsClient({ endpoint: other.url, region, credentials })
    await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }))
  })
  afterAll(() => resources.disposeAsync())

  test('start each task once, whichever of them is at it', async () => {
    // What starts has the task looked at, by either of them, while others of its containers are being made.
    const containerDefinitions = ['app', 'one', 'two', 'three', 'four'].map((name) =>
      appContainer({
        name,
        essential: name === 'app',
        ...shell(name === 'app' ? 'busybox sleep 2; busybox seq 1 5000' : 'echo once'),
        logConfiguration: { logDriver: 'awslogs', options: logOptions },
      }),
    )
    await world.ecs.send(new RegisterTaskDefinitionCommand({ family: 'many', containerDefinitions }))
    const ended: Task[] = []
    for (let round = 0; round < rounds; round += 1) {
      const request = { taskDefinition: 'many', count: 2 }
      const answers = await Promise.all([world.ecs, ecs].map((one) => one.send(new RunTaskCommand(request))))
      for (const task of answers.flatMap(({ tasks = [] }) => tasks))
        ended.push(await world.becomes(task, 'STOPPED'))
    }
    const codes = ended.map(({ containers = [] }) =>
      containers.map(({ exitCode, reason }) => reason ?? exitCode),
    )
    expect(codes).toEqual(Array.from({ length: rounds * 4 }, () => [0, 0, 0, 0, 0]))
    expect(await world.dockerd.docker.output(['ps', '--all', '--quiet'])).toBe('')
    const numbers = Array.from({ length: 5_000 }, (_, index) => String(index + 1))
    for (const { taskArn = '' } of ended) {
      const id = taskArn.split('/').at(-1)
      const lines = await linesOf(`many/app/${id}`)
      expect(lines).toHaveLength(numbers.length)
      expect(lines).toEqual(numbers)
      expect(await linesOf(`many/one/${id}`)).toEqual(['once'])
    }
  })

  if (isThorough) {
    test('do for each other what one that is killed was at', async () => {
      await world.register('sleeps', shell('trap "exit 0" TERM; while true; do busybox sleep 1; done'))
      await world.ecs.send(
        new CreateServiceCommand({ serviceName: 'sleeps', taskDefinition: 'sleeps', desiredCount: 3 }),
      )
      await vi.waitFor(async () => expect(await running()).toHaveLength(3), patience)
      const before = await running()
      await ecs.send(new UpdateServiceCommand({ service: 'sleeps', forceNewDeployment: true }))
      await world.berth.kill()
      await vi.waitFor(async () => {
        const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: ['sleeps'] }))
        expect(services[0]?.deployments).toMatchObject([
          { rolloutState: 'COMPLETED', runningCount: 3, failedTasks: 0 },
        ])
      }, patience)
      const after = await running()
      expect(after.filter((arn) => before.includes(arn))).toEqual([])
      await vi.waitFor(
        async () =>
          expect((await world.dockerd.docker.output(['ps', '--quiet'])).split('\n')).toHaveLength(3),
        patience,
      )
    }, 300_000)
  }

  async function linesOf(logStreamName: string): Promise<string[]> {
    const found: string[] = []
    for await (const { events = [] } of paginateFilterLogEvents(
      { client: logs },
      { logGroupName: logGroup, logStreamNames: [logStreamName] },
    ))
      found.push(...events.map(({ message = '' }) => message))
    return found
  }

  async function running(): Promise<string[]> {
    const { taskArns: tasks = [] } = await ecs.send(new ListTasksCommand({ serviceName: 'sleeps' }))
    if (tasks.length === 0) return []
    const found = await ecs.send(new DescribeTasksCommand({ tasks }))
    return (found.tasks ?? []).flatMap(({ taskArn = '', lastStatus }) =>
      lastStatus === 'RUNNING' ? taskArn : [],
    )
  }
})

/** A data folder beside another, with the same keys and the same layers. */
async function shareFolder(from: string, to: string): Promise<void> {
  await cp(join(from, 'secrets.json'), join(to, 'secrets.json'))
  await symlink(join(from, 'blobs'), join(to, 'blobs'))
  await mkdir(join(to, 'uploads'))
}
