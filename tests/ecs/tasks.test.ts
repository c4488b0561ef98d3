import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  ConflictException,
  DeleteClusterCommand,
  ExecuteCommandCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
  UpdateClusterCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { policyText } from '../../src/core/lifecycle/testing/lifecycle-world.ts'
import { readMessage } from '../../src/protocols/exec/agent-message.ts'
import { BERTH } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { appContainer, shell, TaskWorld, webImage } from '../support/task-world.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox', 'ip')
const anyImage = { tagStatus: 'any', countType: 'imageCountMoreThan' }

let world: TaskWorld
let digest: string
beforeAll(async () => {
  world = await TaskWorld.open()
  digest = await world.pushPage('v1', 'ahoy')
})
afterAll(() => world?.[Symbol.asyncDispose]())

describe('a task', () => {
  let task: Task

  test('runs from an image of this Berth, with the port that the engine has chosen', async () => {
    const { docker } = world.dockerd
    await docker.output(['run', '--detach', '--name', 'foreign', `${world.berth.host}/web:v1`])
    await docker.output(['volume', 'create', 'foreign'])
    await docker.output(['network', 'create', 'foreign'])
    await docker.output(['rmi', '--force', `${world.berth.host}/web:v1`])
    await world.register('web', { portMappings: [{ containerPort: 80 }] })
    task = await world.becomes(await world.run('web'), 'RUNNING')
    const [container] = task.containers ?? []
    expect(container).toMatchObject({ image: `${webImage}:v1`, imageDigest: digest, lastStatus: 'RUNNING' })
    const page = await fetch(`http://127.0.0.1:${container?.networkBindings?.[0]?.hostPort}/`)
    expect(await page.text()).toBe('ahoy')
    expect(timesOf(task, 'createdAt', 'pullStartedAt', 'pullStoppedAt', 'startedAt')).toBe('in order')
  })

  test('holds its image, whatever a policy says, when the registry protects what is in use', async () => {
    expect(await lifecycle('--protect-in-use', 'on')).toContain('leave alone')
    const lifecyclePolicyText = policyText({ selection: { ...anyImage, countNumber: 1 } })
    const file = join(world.berth.dataDir, 'policy.json')
    await writeFile(file, lifecyclePolicyText)
    const [explained] = JSON.parse(await lifecycle('web', '--try', file, '--json'))
    expect(explained).toMatchObject({ imageDigest: digest, outcome: 'KEEP', reason: 'USED_BY_TASK' })
    expect(await lifecycle('--protect-in-use', 'off')).toContain('may expire')
  })

  test('goes on when Berth was killed', async () => {
    await world.berth.kill()
    await world.berth.start()
    const again = await world.becomes(task, 'RUNNING')
    expect(again.containers?.[0]?.runtimeId).toBe(task.containers?.[0]?.runtimeId)
    const deletion = world.ecs.send(new DeleteClusterCommand({ cluster: 'default' }))
    await expect(deletion).rejects.toMatchObject({ name: 'ClusterContainsTasksException' })
  })

  test('stops when it is told to, and leaves nothing behind but what is not its own', async () => {
    const stop = new StopTaskCommand({ task: task.taskArn, reason: 'enough' })
    expect((await world.ecs.send(stop)).task?.desiredStatus).toBe('STOPPED')
    const stopped = await world.becomes(task, 'STOPPED')
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'enough' })
    expect(timesOf(stopped, 'startedAt', 'stoppingAt', 'executionStoppedAt', 'stoppedAt')).toBe('in order')
    const { docker } = world.dockerd
    expect(await docker.output(['ps', '--all', '--format', '{{.Names}}'])).toBe('foreign')
    expect((await world.ecs.send(new ListTasksCommand({}))).taskArns).toEqual([])
    const gone = new ListTasksCommand({ desiredStatus: 'STOPPED' })
    expect((await world.ecs.send(gone)).taskArns).toEqual([task.taskArn])
  })

  test('ends with its essential container, whose exit code it tells', async () => {
    const environment = [{ name: 'CODE', value: '3' }]
    const ended = await world.runToEnd('exits', { ...shell('exit $CODE'), environment })
    expect(ended).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3 }],
    })
  })

  test('that needs more memory than it has says so', async () => {
    const eats = shell('x=xxxxxxxxxxxxxxxx; while true; do x=$x$x; done')
    const ended = await world.runToEnd('eats', { ...eats, memory: 8, linuxParameters: { maxSwap: 0 } })
    expect(ended.containers?.[0]).toMatchObject({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    })
  })

  test('fails to start when its image is not there', async () => {
    const failed = await world.runToEnd('nowhere', { image: `${webImage}:nowhere` })
    expect(failed).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' })
    expect(failed.containers?.[0]?.reason).toBe(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${webImage}:nowhere: not found`,
    )
  })

  test('is started once, however often a request with the same token comes', async () => {
    await world.register('once', shell('exit 0'))
    const once = { taskDefinition: 'once', clientToken: 'token' }
    const answers = await Promise.all([1, 2, 3].map(() => world.ecs.send(new RunTaskCommand(once))))
    expect(new Set(answers.map(({ tasks }) => tasks?.[0]?.taskArn)).size).toBe(1)
    const other = world.ecs.send(new RunTaskCommand({ ...once, startedBy: 'another' }))
    await expect(other).rejects.toBeInstanceOf(ConflictException)
  })

  test('keeps in all its containers to the image that its tag was on when it was asked for', async () => {
    const moving = await world.pushPage('moving', 'before')
    const image = `${webImage}:moving`
    const dependsOn = [{ containerName: 'first', condition: 'COMPLETE' as const }]
    const waits = { name: 'second', image, dependsOn, ...shell('cat /www/index.html') }
    const first = { name: 'first', image, essential: false, ...shell('sleep 600') }
    await world.register('moving', {}, { containerDefinitions: [first, waits].map(appContainer) })
    const started = await world.until(await world.run('moving'), ({ containers = [] }) =>
      expect(containers[0]?.lastStatus).toBe('RUNNING'),
    )
    expect(await world.pushPage('moving', 'after')).not.toBe(moving)
    await world.dockerd.docker.output(['kill', started.containers?.[0]?.runtimeId ?? ''])
    const { containers = [] } = await world.becomes(started, 'STOPPED')
    expect(containers.map(({ imageDigest }) => imageDigest)).toEqual([moving, moving])
  })

  test('whose container somebody else removes has stopped', async () => {
    const running = await world.becomes(await world.run('web'), 'RUNNING')
    await world.dockerd.docker.output(['rm', '--force', running.containers?.[0]?.runtimeId ?? ''])
    const stopped = await world.becomes(running, 'STOPPED')
    expect(stopped.stopCode).toBe('EssentialContainerExited')
  })
})

describe('a command in a container', () => {
  let task: Task
  let plain: Task

  test('runs on a terminal of its own, and ends with its exit code', async () => {
    await world.register('exec', shell('sleep 600'))
    task = await world.becomes(await world.run('exec', { enableExecuteCommand: true }), 'RUNNING')
    expect(task.enableExecuteCommand).toBe(true)
    const managedAgents = [{ name: 'ExecuteCommandAgent', lastStatus: 'RUNNING' }]
    expect(task.containers).toMatchObject([{ managedAgents }])
    expect(await execute(task, '--', 'sh', '-c', 'tty; echo "$TERM in $(hostname)"')).toMatch(
      /^\/dev\/pts\/\d+\r\nxterm-256color in [0-9a-f]{12}$/,
    )
    await expect(execute(task, '--', 'sh', '-c', 'exit 7')).rejects.toThrow('7')
  })

  test('is told what is typed, as a large output comes whole', async () => {
    const shout = 'read name; echo "ahoy, $name"; seq 1 20000; exit'
    const output = await execute(task, '--', 'sh', '-c', shout, { input: 'Ada\n' })
    expect(output).toContain('ahoy, Ada')
    expect(output).toMatch(/\r\n1\r\n2\r\n.*\r\n19999\r\n20000$/s)
  })

  test('is refused where the task was started without the wish for it', async () => {
    plain = await world.becomes(await world.run('exec'), 'RUNNING')
    await expect(execute(plain)).rejects.toThrow('execute command was not enabled')
    await expect(execute(task, '--container', 'other')).rejects.toThrow('container was not found')
  })

  test('is kept, line by line, in the log group that its cluster names, and does not run without it', async () => {
    const { region, credentials } = world.ecs.config
    const logs = new CloudWatchLogsClient({ region, credentials, endpoint: world.berth.url })
    const cloudWatchLogGroupName = '/ecs/exec'
    const logConfiguration = { cloudWatchLogGroupName }
    const executeCommandConfiguration = { logging: 'OVERRIDE' as const, logConfiguration }
    const configuration = { executeCommandConfiguration }
    await world.ecs.send(new UpdateClusterCommand({ cluster: 'default', configuration }))
    await expect(execute(task, '--', 'sh', '-c', 'echo unheard')).rejects.toThrow('log group does not exist')
    await logs.send(new CreateLogGroupCommand({ logGroupName: cloudWatchLogGroupName }))
    expect(await execute(task, '--', 'sh', '-c', 'echo first; echo last')).toBe('first\r\nlast')
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: cloudWatchLogGroupName }),
    )
    expect(events).toMatchObject([
      { message: 'first', logStreamName: expect.stringMatching(/^ecs-execute-command-/) },
      { message: 'last' },
    ])
    logs.destroy()
  })

  test('needs a session that was allowed, and begins it once', async () => {
    const { taskArn = '' } = task
    const command = { task: taskArn, command: 'true', interactive: true }
    const { session = {} } = await world.ecs.send(new ExecuteCommandCommand(command))
    const { streamUrl = '', tokenValue = '' } = session
    expect(await closingOf(streamUrl, 'no token')).toContain('The session is not there')
    const first = closingOf(streamUrl, tokenValue)
    expect(await closingOf(streamUrl, tokenValue)).toContain('it has begun before')
    expect(await first).toBe('handshake')
    for (const one of [task, plain]) await world.stop(one)
  })
})

test('many tasks that take long to stop hold up no others', async () => {
  await world.register('stubborn', {
    ...shell("trap '' TERM; while true; do sleep 1; done"),
    stopTimeout: 60,
  })
  const stubborn = await world.ecs.send(new RunTaskCommand({ taskDefinition: 'stubborn', count: 10 }))
  for (const task of stubborn.tasks ?? []) await world.becomes(task, 'RUNNING')
  for (const { taskArn } of stubborn.tasks ?? []) await world.ecs.send(new StopTaskCommand({ task: taskArn }))
  const ended = await world.runToEnd('quick', shell('exit 0'))
  expect(ended.containers?.[0]?.exitCode).toBe(0)
  for (const task of stubborn.tasks ?? []) expect((await world.describe(task)).lastStatus).toBe('STOPPING')
})

test('what is left of a task that is long forgotten goes, and nothing else', async () => {
  const { docker } = world.dockerd
  await world.runToEnd('mark', shell('exit 0'))
  const running = await world.becomes(await world.run('web'), 'RUNNING')
  const { Name, Config } = await world.inspect(running.containers?.[0])
  const gone = (name: string) => name.replace(/[^-/]*$/, 'f'.repeat(32))
  const marks = Object.entries<string>(Config.Labels).map(([name, value]) => `${name}=${value}`)
  const [left, anothers] = [gone(Name), gone(Name).replace('web', 'anothers')].map((name) => name.slice(1))
  const labels = marks.map((mark) => (mark.includes(':task/') ? gone(mark) : mark))
  const foreign = labels.filter((mark) => !mark.startsWith('berth.owner='))
  const flags = (some: readonly string[]) => some.flatMap((mark) => ['--label', mark])
  await docker.output(['create', '--name', left ?? '', ...flags(labels), Config.Image])
  await docker.output(['create', '--name', anothers ?? '', ...flags(foreign), Config.Image])
  await world.berth.kill()
  await world.berth.start()
  await expect
    .poll(() => docker.output(['ps', '--all', '--format', '{{.Names}}']), { timeout: 40_000 })
    .not.toContain(left)
  expect(await docker.output(['ps', '--all', '--format', '{{.Names}}'])).toContain(anothers)
  expect((await world.describe(running)).lastStatus).toBe('RUNNING')
  expect(await docker.output(['volume', 'ls', '--quiet'])).toBe('foreign')
  expect(await docker.output(['network', 'ls', '--format', '{{.Name}}'])).toContain('foreign')
})

/** Whether the times that are named have come one after another. */
function timesOf(task: Task, ...names: readonly (keyof Task)[]): string {
  const times = names.map((name) => (task[name] instanceof Date ? task[name].getTime() : Number.NaN))
  const inOrder = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))
  return inOrder && !times.includes(Number.NaN) ? 'in order' : JSON.stringify(times)
}

/** What `berth ecs exec` says of a task, with options before `--`. */
function execute(
  { taskArn = '' }: Task,
  ...given: readonly (string | { readonly input: string })[]
): Promise<string> {
  const options = given.find((one) => typeof one !== 'string') ?? { input: '' }
  const args = given.filter((one) => typeof one === 'string')
  const command = [BERTH, 'ecs', 'exec', 'default', taskArn, '--data-dir', world.berth.dataDir, ...args]
  return outputOf(process.execPath, command, options)
}

/** How a session that is opened with a token goes on: with a handshake, or with the reason why not. */
async function closingOf(url: string, TokenValue: string): Promise<string> {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  socket.onopen = () => socket.send(JSON.stringify({ MessageSchemaVersion: '1.0', TokenValue }))
  const { data } = await new Promise<MessageEvent>((resolve) => {
    socket.onmessage = resolve
  })
  socket.close()
  const { type, payload } = readMessage(Buffer.from(data))
  return type === 'channel_closed' ? payload.toString() : 'handshake'
}

function lifecycle(...args: readonly string[]): Promise<string> {
  return outputOf(process.execPath, [BERTH, 'lifecycle', ...args, '--data-dir', world.berth.dataDir])
}
