import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  type Service,
} from '@aws-sdk/client-ecs'
import { expect, vi } from 'vitest'
import { testAsRootWith } from '../support/installed-programs.ts'
import { shell, TaskWorld } from '../support/task-world.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox')
const patience = { timeout: 60_000, interval: 100 }

test('what ended while Berth was down is not told to run by its first answer', async () => {
  await using world = await TaskWorld.open()
  const { berth, ecs } = world
  await openService(world)
  const ids = await containers(world)
  const { taskArns: ended = [] } = await ecs.send(new ListTasksCommand({ serviceName: 'web' }))
  await berth.kill()
  await world.dockerd.docker.output(['kill', ids[0] ?? ''])
  await world.dockerd.docker.output(['rm', '--force', ids[1] ?? ''])
  await berth.start()
  const { runningCount } = await describeService(ecs)
  expect((await containers(world)).length).toBeGreaterThanOrEqual(runningCount ?? 0)
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: ended }))
  expect(tasks.map(({ desiredStatus }) => desiredStatus)).toEqual(['STOPPED', 'STOPPED'])
  await runsTwo(ecs)
}, 120_000)

async function openService(world: TaskWorld): Promise<void> {
  await world.pushPage('v1', 'ahoy')
  await world.register('web', shell('trap "exit 0" TERM; while true; do busybox sleep 1; done'))
  const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 }
  await world.ecs.send(new CreateServiceCommand(service))
  await runsTwo(world.ecs)
}

async function describeService(ecs: ECSClient): Promise<Service> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ services: ['web'] }))
  return services[0] ?? {}
}

function runsTwo(ecs: ECSClient): Promise<void> {
  return vi.waitFor(async () => expect((await describeService(ecs)).runningCount).toBe(2), patience)
}

/** The ids of those that run. */
async function containers({ dockerd }: TaskWorld): Promise<readonly string[]> {
  const ids = await dockerd.docker.output(['ps', '--no-trunc', '--quiet'])
  return ids.split('\n').filter((id) => id !== '')
}
