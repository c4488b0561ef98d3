import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { type Dockerd, startDockerd } from '../support/dockerd.ts'
import { ecrClientOf } from '../support/ecr-client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { fetchPassword } from '../support/registry-login.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox')
const image = '000000000000.dkr.ecr.us-east-1.amazonaws.com/web'
const patience = { timeout: 20_000, interval: 100 }

let dockerd: Dockerd
let berth: BerthProcess
let ecr: ECRClient
let ecs: ECSClient
let digest: string

beforeAll(async () => {
  dockerd = await startDockerd([], 'bridge')
  const socket = dockerd.env.DOCKER_HOST.replace('unix://', '')
  berth = await startBerthProcess({ flags: ['--docker-socket', socket] })
  ecr = await ecrClientOf(berth)
  const { region, credentials } = ecr.config
  ecs = new ECSClient({ endpoint: berth.url, region, credentials, maxAttempts: 1 })
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' }))
  await ecs.send(new CreateClusterCommand({}))
  digest = await pushPage('v1', 'ahoy')
}, 60_000)
afterAll(async () => {
  ecs?.destroy()
  await berth?.[Symbol.asyncDispose]()
  await dockerd?.[Symbol.asyncDispose]()
})

describe('a task', () => {
  let task: Task

  test('runs from an image of this Berth, with the port that the engine has chosen', async () => {
    await dockerd.docker.output(['run', '--detach', '--name', 'foreign', `${berth.host}/web:v1`])
    await dockerd.docker.output(['rmi', '--force', `${berth.host}/web:v1`])
    await register('web', { portMappings: [{ containerPort: 80 }] })
    task = await run('web')
    task = await becomes(task, 'RUNNING')
    const [container] = task.containers ?? []
    expect(container).toMatchObject({ image: `${image}:v1`, imageDigest: digest, lastStatus: 'RUNNING' })
    const page = await fetch(`http://127.0.0.1:${container?.networkBindings?.[0]?.hostPort}/`)
    expect(await page.text()).toBe('ahoy')
  })

  test('goes on when Berth was killed', async () => {
    await berth.kill()
    await berth.start()
    const again = await becomes(task, 'RUNNING')
    expect(again.containers?.[0]?.runtimeId).toBe(task.containers?.[0]?.runtimeId)
    await expect(ecs.send(new DeleteClusterCommand({ cluster: 'default' }))).rejects.toMatchObject({
      name: 'ClusterContainsTasksException',
    })
  })

  test('stops when it is told to, and leaves nothing behind but what is not its own', async () => {
    const stop = new StopTaskCommand({ task: task.taskArn, reason: 'enough' })
    expect((await ecs.send(stop)).task?.desiredStatus).toBe('STOPPED')
    const stopped = await becomes(task, 'STOPPED')
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'enough' })
    expect(await dockerd.docker.output(['ps', '--all', '--format', '{{.Names}}'])).toBe('foreign')
    expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual([])
    const gone = new ListTasksCommand({ desiredStatus: 'STOPPED' })
    expect((await ecs.send(gone)).taskArns).toEqual([task.taskArn])
  })

  test('ends with its essential container, whose exit code it tells', async () => {
    await register('exits', {
      command: ['sh', '-c', 'exit $CODE'],
      environment: [{ name: 'CODE', value: '3' }],
    })
    const ended = await becomes(await run('exits'), 'STOPPED')
    expect(ended).toMatchObject({ stopCode: 'EssentialContainerExited', containers: [{ exitCode: 3 }] })
  })

  test('fails to start when its image is not there', async () => {
    await register('nowhere', { image: `${image}:nowhere` })
    const failed = await becomes(await run('nowhere'), 'STOPPED')
    expect(failed).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' })
    expect(failed.containers?.[0]?.reason).toBe(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}:nowhere: not found`,
    )
  })

  test('that would run otherwise than it says is refused', async () => {
    await register('privileged', { privileged: true })
    await expect(run('privileged')).rejects.toMatchObject({
      name: 'ClientException',
      message: "Berth does not run containers with 'privileged', as 'app' has.",
    })
  })
})

async function register(family: string, facts: object): Promise<void> {
  const containerDefinitions = [{ name: 'app', image: `${image}:v1`, memory: 32, stopTimeout: 2, ...facts }]
  await ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions }))
}

async function run(taskDefinition: string): Promise<Task> {
  const { tasks = [] } = await ecs.send(new RunTaskCommand({ taskDefinition }))
  return tasks[0] ?? {}
}

async function becomes({ taskArn = '' }: Task, status: string): Promise<Task> {
  return vi.waitFor(async () => {
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }))
    expect(tasks[0]?.lastStatus, JSON.stringify(tasks[0])).toBe(status)
    return tasks[0] ?? {}
  }, patience)
}

/** Pushes an image of a web server that has one page, and answers its digest. */
async function pushPage(tag: string, page: string): Promise<string> {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'www'))
  await writeFile(join(folder.path, 'www/index.html'), page)
  await cp('/bin/busybox', join(folder.path, 'busybox'))
  const steps = [
    'FROM scratch',
    'COPY busybox /bin/busybox',
    'COPY busybox /bin/sh',
    'COPY www /www',
    'ENTRYPOINT ["/bin/busybox"]',
    'CMD ["httpd", "-f", "-p", "80", "-h", "/www"]',
  ]
  await writeFile(join(folder.path, 'Dockerfile'), `${steps.join('\n')}\n`)
  const { docker } = dockerd
  const reference = `${berth.host}/web:${tag}`
  await docker.output(['build', '--quiet', '--tag', reference, folder.path])
  const login = ['login', '--username', 'AWS', '--password-stdin', berth.host]
  await docker.output(login, { input: await fetchPassword(ecr) })
  return /sha256:[0-9a-f]{64}/.exec(await docker.output(['push', reference]))?.[0] ?? ''
}
