import {
  CreateClusterCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  GetTaskProtectionCommand,
  ListContainerInstancesCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { outputOf, runProgram } from '../support/client.ts'
import { startDockerRegistry } from '../support/docker-registry.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { appContainer, TaskWorld, webImage } from '../support/task-world.ts'
import { pageOf, runningTasks, watchEndpoints } from './endpoint-watch.ts'

const test = testAsRootWith('dockerd', 'docker', 'docker-registry', 'busybox', 'aws', 'curl')
const asksItself = ['/bin/busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1/']
const patience = { timeout: 90_000, interval: 200 }

let world: TaskWorld
beforeAll(async () => {
  world = await TaskWorld.open()
})
afterAll(() => world?.[Symbol.asyncDispose]())

describe('a service', () => {
  let first: string
  let before: object

  test('runs its tasks behind ports that the engine has chosen', async () => {
    await world.pushPage('v1', 'one')
    before = await world.engineContents()
    await register(`${webImage}:v1`)
    const created = await aws(
      ...['create-service', '--service-name', 'web', '--task-definition', 'web', '--desired-count', '2'],
      ...['--deployment-configuration', 'deploymentCircuitBreaker={enable=true,rollback=true}'],
    )
    expect(created).toMatchObject({
      service: { status: 'ACTIVE', desiredCount: 2, runningCount: 0, deployments: [{ status: 'PRIMARY' }] },
    })
    const service = await becomesStable()
    first = service.deployments?.[0]?.id ?? ''
    await aws('wait', 'services-stable', '--services', 'web')
    const tasks = await runningTasks(world.ecs, 'web')
    expect(await Promise.all(tasks.map(curl))).toEqual(['one', 'one'])
    expect(tasks.map(({ group, startedBy }) => ({ group, startedBy }))).toEqual(
      Array.from({ length: 2 }, () => ({ group: 'service:web', startedBy: first })),
    )
    expect(messagesOf(service).slice(0, 2)).toEqual([
      '(service web) has reached a steady state.',
      `(service web) (deployment ${first}) deployment completed.`,
    ])
  })

  test('goes over to another image without a request that fails', async () => {
    await world.pushPage('v2', 'two')
    await register(`${webImage}:v2`)
    const watch = await watchEndpoints(world.ecs, 'web', async () => {
      await aws('update-service', '--service', 'web', '--task-definition', 'web')
      await becomesStable()
    })
    expect(watch).toEqual({ failures: [], pages: ['one', 'two'], fewest: 2 })
  })

  test('goes back when the next image is broken', async () => {
    await world.pushPage('v3', 'three', ['false'])
    await register(`${webImage}:v3`)
    const watch = await watchEndpoints(world.ecs, 'web', async () => {
      await aws('update-service', '--service', 'web', '--task-definition', 'web')
      const service = await becomesStable()
      expect(service.taskDefinition).toMatch(/:task-definition\/web:2$/)
      expect(messagesOf(service)).toContain(
        `(service web) rolling back to deployment ${service.deployments?.[0]?.id}.`,
      )
    })
    expect(watch).toEqual({ failures: [], pages: ['two'], fewest: 2 })
  })

  test('that Berth was killed in the middle of deploying gets there, all of it with what the tag was', async () => {
    const digest = await world.pushPage('v2', 'again')
    const id = await aws(
      ...['update-service', '--service', 'web', '--force-new-deployment'],
      ...['--query', 'service.deployments[0].id'],
    )
    await vi.waitFor(async () => {
      expect(await world.dockerd.docker.output(['ps', '--quiet'])).toMatch(/\n.*\n/)
    }, patience)
    await world.berth.kill()
    await world.berth.start()
    expect((await becomesStable()).deployments?.[0]?.id).toBe(id)
    await world.pushPage('v2', 'later')
    await aws('update-service', '--service', 'web', '--desired-count', '3')
    const tasks = await vi.waitFor(async () => {
      const found = await runningTasks(world.ecs, 'web')
      expect(found).toHaveLength(3)
      return found
    }, patience)
    expect(await Promise.all(tasks.map(pageOf))).toEqual(['again', 'again', 'again'])
    expect(tasks.map(({ containers }) => containers?.[0]?.imageDigest)).toEqual([digest, digest, digest])
  })

  test('has a machine to run on, and can protect a task there', async () => {
    const { containerInstanceArns = [] } = await world.ecs.send(new ListContainerInstancesCommand({}))
    const describe = new DescribeContainerInstancesCommand({ containerInstances: containerInstanceArns })
    const { containerInstances } = await world.ecs.send(describe)
    expect(containerInstances).toMatchObject([
      { status: 'ACTIVE', agentConnected: true, pendingTasksCount: 0 },
    ])
    const [task] = await runningTasks(world.ecs, 'web')
    const wish = { cluster: 'default', tasks: [task?.taskArn ?? ''], protectionEnabled: true }
    const { protectedTasks } = await world.ecs.send(new UpdateTaskProtectionCommand(wish))
    const shown = await world.ecs.send(
      new GetTaskProtectionCommand({ cluster: 'default', tasks: wish.tasks }),
    )
    expect(shown.protectedTasks).toEqual(protectedTasks)
    expect(protectedTasks).toMatchObject([{ taskArn: task?.taskArn, protectionEnabled: true }])
  })

  test('replaces a container that somebody kills', async () => {
    const [task] = await runningTasks(world.ecs, 'web')
    await world.dockerd.docker.output(['kill', task?.containers?.[0]?.runtimeId ?? ''])
    await vi.waitFor(async () => {
      const tasks = await runningTasks(world.ecs, 'web')
      expect(tasks.map(({ taskArn }) => taskArn)).not.toContain(task?.taskArn)
      expect(tasks).toHaveLength(3)
    }, patience)
  })

  test('leaves nothing behind when it is deleted', async () => {
    await expect(aws('delete-service', '--service', 'web')).rejects.toThrow(
      '(InvalidParameterException) when calling the DeleteService operation: The service cannot be stopped while it is scaled above 0.',
    )
    await aws('delete-service', '--service', 'web', '--force')
    await vi.waitFor(async () => expect((await describeWeb()).status).toBe('INACTIVE'), patience)
    await aws('wait', 'services-inactive', '--services', 'web')
    expect(await world.engineContents()).toEqual(before)
    expect(await aws('list-services')).toEqual({ serviceArns: [] })
    await aws('delete-cluster', '--cluster', 'default')
  })
})

test('a service of an image from elsewhere keeps to what its tag was, until its next deployment', async () => {
  await using elsewhere = await startDockerRegistry()
  const image = `${elsewhere.host}/public/web:v1`
  const first = await world.pushPageTo(image, 'one')
  await world.ecs.send(new CreateClusterCommand({}))
  await register(image)
  await aws('create-service', '--service-name', 'web', '--task-definition', 'web', '--desired-count', '1')
  await expect.poll(pagesAndDigests, patience).toEqual([['one', first]])
  const second = await world.pushPageTo(image, 'two')
  await world.ecs.send(new UpdateServiceCommand({ service: 'web', desiredCount: 2 }))
  await expect.poll(pagesAndDigests, patience).toEqual([
    ['one', first],
    ['one', first],
  ])
  const again = { service: 'web', desiredCount: 1, forceNewDeployment: true }
  await world.ecs.send(new UpdateServiceCommand(again))
  await expect.poll(pagesAndDigests, patience).toEqual([['two', second]])
  await aws('delete-service', '--service', 'web', '--force')
})

/** What the service's tasks serve, and which images they say they run. */
async function pagesAndDigests(): Promise<(string | undefined)[][]> {
  const tasks = await runningTasks(world.ecs, 'web')
  return Promise.all(tasks.map(async (task) => [await pageOf(task), task.containers?.[0]?.imageDigest]))
}

async function describeWeb(): Promise<Service> {
  const { services = [] } = await world.ecs.send(new DescribeServicesCommand({ services: ['web'] }))
  return services[0] ?? {}
}

/** What `services-stable` of AWS's clients waits for, asked more often. */
function becomesStable(): Promise<Service> {
  return vi.waitFor(async () => {
    const service = await describeWeb()
    const { deployments = [], desiredCount, runningCount } = service
    const state = { deployments: deployments.length, runningCount, rollout: deployments[0]?.rolloutState }
    expect(state, JSON.stringify(service, undefined, 1)).toEqual({
      deployments: 1,
      runningCount: desiredCount,
      rollout: 'COMPLETED',
    })
    return service
  }, patience)
}

function messagesOf({ events = [] }: Service): (string | undefined)[] {
  return events.map(({ message }) => message)
}

/** Registers the next revision of `web`: an image, a port that the engine chooses, a volume and a health check. */
async function register(image: string): Promise<void> {
  const container = appContainer({
    image,
    portMappings: [{ containerPort: 80 }],
    mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
    healthCheck: { command: ['CMD', ...asksItself], interval: 5 },
  })
  const volumes = ['--volumes', 'name=data']
  const containers = ['--container-definitions', JSON.stringify([container])]
  await aws('register-task-definition', '--family', 'web', ...containers, ...volumes)
}

async function curl({ containers }: Task): Promise<string> {
  const port = containers?.[0]?.networkBindings?.[0]?.hostPort
  return outputOf('curl', ['--fail', '--silent', `http://127.0.0.1:${port}/`])
}

/** Runs `aws ecs` against this Berth, and answers the JSON that it prints. */
async function aws(...words: string[]): Promise<unknown> {
  const { accessKeyId, secretAccessKey } = await world.ecs.config.credentials()
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: world.berth.url,
  }
  const { exitCode, stdout, stderr } = await runProgram('aws', ['ecs', ...words, '--output', 'json'], { env })
  if (exitCode !== 0) throw new Error(stderr)
  return stdout === '' ? undefined : JSON.parse(stdout)
}
