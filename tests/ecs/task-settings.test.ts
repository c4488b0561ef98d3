import { mkdir } from 'node:fs/promises'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { type LogConfiguration, RegisterTaskDefinitionCommand, type Task } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { testAsRootWith } from '../support/installed-programs.ts'
import { appContainer, shell, TaskWorld } from '../support/task-world.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox', 'ip')

let folder: TemporaryFolder
let world: TaskWorld
let restarting: Task
let logs: CloudWatchLogsClient
beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(`${folder.path}/shared/below`, { recursive: true })
  world = await TaskWorld.open(['--tasks-may', 'host-network', '--task-folders', `${folder.path}/shared`])
  await world.pushPage('v1', 'ahoy')
  const { credentials } = world.ecs.config
  logs = new CloudWatchLogsClient({ region: 'eu-west-1', endpoint: world.berth.url, credentials })
  restarting = await startRestarting()
})
afterAll(async () => {
  logs?.destroy()
  await world?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

/** Runs a task of several containers to its end. */
async function runTogether(
  family: string,
  ...containers: Parameters<typeof appContainer>[0][]
): Promise<Task> {
  const containerDefinitions = containers.map(appContainer)
  await world.ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions }))
  return world.becomes(await world.run(family), 'STOPPED')
}

/** Exit codes by the containers' names. */
function exitCodes({ containers = [] }: Task): Record<string, number | undefined> {
  return Object.fromEntries(containers.map(({ name = '', exitCode }) => [name, exitCode]))
}

/** Where a container's output goes, in a group that there is. */
async function logTo(group: string): Promise<LogConfiguration> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }))
  const options = { 'awslogs-region': 'eu-west-1', 'awslogs-group': group, 'awslogs-stream-prefix': 'said' }
  return { logDriver: 'awslogs', options: { ...options, 'awslogs-create-group': 'true' } }
}

/** What a task's container has said there. */
async function saidBy({ taskArn }: Task, logGroupName: string): Promise<(string | undefined)[]> {
  const logStreamName = `said/app/${taskArn?.split('/').at(-1)}`
  const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }))
  return events.map(({ message }) => message)
}

/** A task whose container ends as soon as its policy lets it start again, and then at once: that takes all the other tests' time. */
async function startRestarting(): Promise<Task> {
  const restartPolicy = { enabled: true, ignoredExitCodes: [4], restartAttemptPeriod: 60 }
  const line = 'test -e /ran && { echo again; exit 4; }; echo > /ran; echo first; sleep 61; exit 3'
  const logConfiguration = await logTo('/ecs/restarting')
  await world.register('restarting', { ...shell(line), restartPolicy, logConfiguration })
  return world.run('restarting')
}

test('the containers of a task in network mode awsvpc share an address, which others of its subnet reach', async () => {
  const vpc = (subnet: string) => ({ networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } } })
  await world.register('vpc', { portMappings: [{ containerPort: 80 }] }, { networkMode: 'awsvpc' })
  const task = await world.becomes(await world.run('vpc', vpc('subnet-1')), 'RUNNING')
  const details = Object.fromEntries(
    task.attachments?.[0]?.details?.map(({ name, value }) => [name, value]) ?? [],
  )
  expect(task.attachments).toMatchObject([{ type: 'ElasticNetworkInterface', status: 'ATTACHED' }])
  expect(details).toMatchObject({ subnetId: 'subnet-1', macAddress: expect.stringContaining(':') })
  const address = details.privateIPv4Address
  expect(task.containers?.[0]?.networkInterfaces).toMatchObject([{ privateIpv4Address: address }])
  expect(await (await fetch(`http://${address}/`)).text()).toBe('ahoy')
  const asks = shell(`busybox wget -q -O - http://${address}/ && busybox wget -q -O - http://beside:8080/`)
  const beside = { name: 'beside', command: ['httpd', '-f', '-p', '8080', '-h', '/www'], essential: false }
  const dependsOn = [{ containerName: 'beside', condition: 'START' }] as const
  const extraHosts = [{ hostname: 'beside', ipAddress: '127.0.0.1' }]
  const containerDefinitions = [beside, { ...asks, dependsOn: [...dependsOn], extraHosts }].map(appContainer)
  const asking = { family: 'asks', networkMode: 'awsvpc', containerDefinitions } as const
  await world.ecs.send(new RegisterTaskDefinitionCommand(asking))
  const asked = await world.becomes(await world.run('asks', vpc('subnet-1')), 'STOPPED')
  expect(exitCodes(asked).app).toBe(0)
  await world.stop(task)
  expect(await world.dockerd.docker.output(['network', 'ls', '--format', '{{.Name}}'])).not.toContain(
    'subnet-1',
  )
  await expect(world.run('vpc')).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  })
})

test("a task in network mode host has the machine's network, and one in none has no network", async () => {
  await world.register('host', shell('busybox ip link show lo'), { networkMode: 'host' })
  const task = await world.becomes(await world.run('host'), 'STOPPED')
  expect(exitCodes(task)).toEqual({ app: 0 })
  const none = await world.runToEnd('none', shell('test -z "$(busybox ip route)"'), { networkMode: 'none' })
  expect(exitCodes(none)).toEqual({ app: 0 })
})

test('containers wait for each other, and what one needs to succeed ends the task when it fails', async () => {
  const init = { name: 'init', essential: false, ...shell('sleep 1; exit 0') }
  const needsInit = {
    ...shell('exit 0'),
    dependsOn: [{ containerName: 'init', condition: 'SUCCESS' as const }],
  }
  const done = await runTogether('ordered', init, needsInit)
  expect(done).toMatchObject({ stopCode: 'EssentialContainerExited' })
  expect(exitCodes(done)).toEqual({ init: 0, app: 0 })
  const failed = await runTogether('unordered', { ...init, ...shell('exit 4') }, needsInit)
  expect(failed).toMatchObject({ stopCode: 'TaskFailedToStart' })
  expect(failed.containers?.find(({ name }) => name === 'app')?.reason).toContain('[init] for target [app]')
})

test('a health check tells how a task is, and lets those start that wait for it', async () => {
  const checked = { interval: 5, timeout: 2, retries: 1 }
  const healthCheck = { ...checked, command: ['CMD-SHELL', 'test ! -e /ill'] }
  const app = { healthCheck, ...shell('while true; do sleep 1; done') }
  const waits = { name: 'waits', dependsOn: [{ containerName: 'app', condition: 'HEALTHY' as const }] }
  const containerDefinitions = [app, waits].map(appContainer)
  await world.ecs.send(new RegisterTaskDefinitionCommand({ family: 'checked', containerDefinitions }))
  const task = await world.run('checked')
  const healthy = await world.becomes(task, 'RUNNING')
  expect(healthy.healthStatus).toBe('HEALTHY')
  const runtimeId = healthy.containers?.find(({ name }) => name === 'app')?.runtimeId ?? ''
  await world.dockerd.docker.output(['exec', runtimeId, 'sh', '-c', 'echo > /ill'])
  await world.until(task, (now) => expect(now.healthStatus).toBe('UNHEALTHY'))
  await world.stop(task)
})

test('volumes go from container to container, and with the task', async () => {
  const volumes = [{ name: 'data' }, { name: 'files', host: { sourcePath: `${folder.path}/shared` } }]
  const mount = (sourceVolume: string, containerPath: string) => ({ sourceVolume, containerPath })
  const writer = {
    name: 'writer',
    essential: false,
    mountPoints: [mount('data', '/data'), mount('files', '/files')],
    ...shell('echo hello > /data/word; echo there > /files/word'),
  }
  const reader = {
    mountPoints: [{ ...mount('data', '/in'), readOnly: true }],
    volumesFrom: [{ sourceContainer: 'writer' }],
    dependsOn: [{ containerName: 'writer', condition: 'SUCCESS' as const }],
    ...shell('busybox grep hello /in/word && busybox grep there /files/word && ! echo > /in/word'),
  }
  const containerDefinitions = [writer, reader].map(appContainer)
  await world.ecs.send(
    new RegisterTaskDefinitionCommand({ family: 'volumes', containerDefinitions, volumes }),
  )
  const ended = await world.becomes(await world.run('volumes'), 'STOPPED')
  expect(exitCodes(ended), JSON.stringify(ended)).toEqual({ writer: 0, app: 0 })
  expect(await world.dockerd.docker.output(['volume', 'ls', '--quiet'])).toBe('')
})

test('what a definition says of Linux and of its environment is so inside', async () => {
  const checks = [
    'test "$(busybox id -u):$(busybox id -g)" = 7:8',
    'test "$(busybox pwd)" = /www',
    'test "$WORD-$OTHER" = word-override',
    'test "$(ulimit -n)" = 77',
    'test "$(busybox cat /proc/sys/net/ipv4/ip_unprivileged_port_start)" = 99',
    "busybox grep -q ' /scratch tmpfs .*size=2048k' /proc/mounts",
    "busybox grep -q '10.1.2.3.*elsewhere' /etc/hosts",
    'test "$(busybox hostname)" = named',
    '! echo > /www/written',
  ]
  const app = {
    ...shell(checks.map((check, index) => `{ ${check}; } || exit ${index + 1}`).join('\n')),
    user: '7:8',
    workingDirectory: '/www',
    hostname: 'named',
    readonlyRootFilesystem: true,
    environment: [
      { name: 'WORD', value: 'word' },
      { name: 'OTHER', value: 'defined' },
    ],
    ulimits: [{ name: 'nofile' as const, softLimit: 77, hardLimit: 88 }],
    systemControls: [{ namespace: 'net.ipv4.ip_unprivileged_port_start', value: '99' }],
    extraHosts: [{ hostname: 'elsewhere', ipAddress: '10.1.2.3' }],
    linuxParameters: { tmpfs: [{ containerPath: '/scratch', size: 2 }], initProcessEnabled: true },
    dockerLabels: { team: 'web' },
  }
  await world.register('linux', app)
  const environment = [{ name: 'OTHER', value: 'override' }]
  const task = await world.run('linux', { overrides: { containerOverrides: [{ name: 'app', environment }] } })
  const ended = await world.becomes(task, 'STOPPED')
  expect(exitCodes(ended), JSON.stringify(ended.containers)).toEqual({ app: 0 })
})

test('what reaches further than its operator allows does not run', async () => {
  await world.register('privileged', { privileged: true })
  await expect(world.run('privileged')).rejects.toMatchObject({
    name: 'ClientException',
    message:
      "Berth does not run containers with 'privileged', as 'app' has, unless its operator allows it (--tasks-may privileged).",
  })
})

describe('output for CloudWatch Logs', () => {
  const options = {
    'awslogs-region': 'eu-west-1',
    'awslogs-group': '/ecs/said',
    'awslogs-stream-prefix': 'said',
  }
  const says = {
    ...shell('echo first; sleep 4; echo last >&2'),
    logConfiguration: { logDriver: 'awslogs' as const, options },
  }

  test('needs a log group', async () => {
    const refused = await world.runToEnd('unheard', says)
    expect(refused.stoppedReason).toBe(
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
    )
  })

  test('is there line by line, each once, though Berth is killed meanwhile', async () => {
    // The group is there, so that it takes no right to make one.
    await world.register('said', { ...says, logConfiguration: await logTo('/ecs/said') })
    const task = await world.becomes(await world.run('said'), 'RUNNING')
    await expect.poll(() => saidBy(task, '/ecs/said'), { timeout: 40_000 }).toEqual(['first'])
    await world.berth.kill()
    await world.berth.start()
    await world.becomes(task, 'STOPPED')
    expect(await saidBy(task, '/ecs/said')).toEqual(['first', 'last'])
  })
})

test('a container that has run long enough starts again in its task, though Berth was killed meanwhile', async () => {
  const ended = await vi.waitFor(() => world.becomes(restarting, 'STOPPED'), { timeout: 120_000 })
  expect(ended).toMatchObject({ stopCode: 'EssentialContainerExited', containers: [{ exitCode: 4 }] })
  expect(await saidBy(restarting, '/ecs/restarting')).toEqual(['first', 'again'])
})
