import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import {
  type ContainerDefinition,
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { expect, vi } from 'vitest'
import { type BerthOptions, type BerthProcess, startBerthProcess } from './berth-process.ts'
import { type Dockerd, startDockerd } from './dockerd.ts'
import { ecrClientOf } from './ecr-client.ts'
import { fetchPassword } from './registry-login.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** For whatever has to happen on the engine. */
const patience = { timeout: 90_000, interval: 100 }

/** What busybox runs. */
const webServer = ['httpd', '-f', '-p', '80', '-h', '/www']

/** Name of the repository that `pushPage` pushes to, as AWS would call it. */
export const webImage = '000000000000.dkr.ecr.us-east-1.amazonaws.com/web'

/** An engine, and the client by which a person uses it. */
export type TaskEngine = Pick<Dockerd, 'docker'>

/** A Docker Engine, a Berth that runs tasks there, and an image to run: busybox, which serves a page unless told otherwise. */
export class TaskWorld<Engine extends TaskEngine = Dockerd> implements AsyncDisposable {
  readonly dockerd: Engine
  readonly berth: BerthProcess
  readonly ecr: ECRClient
  readonly ecs: ECSClient
  readonly #resources: AsyncDisposableStack

  private constructor(
    parts: Pick<TaskWorld<Engine>, 'dockerd' | 'berth' | 'ecr' | 'ecs'>,
    resources: AsyncDisposableStack,
  ) {
    this.dockerd = parts.dockerd
    this.berth = parts.berth
    this.ecr = parts.ecr
    this.ecs = parts.ecs
    this.#resources = resources
  }

  /** @param engineFlags further ones of the daemon */
  static async open(flags: readonly string[] = [], engineFlags: readonly string[] = []): Promise<TaskWorld> {
    await using opening = new AsyncDisposableStack()
    const dockerd = opening.use(await startDockerd([], 'bridge', engineFlags))
    const { DOCKER_HOST } = dockerd.env
    return TaskWorld.on(dockerd, { flags, env: { DOCKER_HOST } }, opening.move())
  }

  /**
   * A world on an engine that runs.
   *
   * @param resources what goes with it
   */
  static async on<Engine extends TaskEngine>(
    dockerd: Engine,
    options: Pick<BerthOptions, 'flags' | 'env'>,
    resources = new AsyncDisposableStack(),
  ): Promise<TaskWorld<Engine>> {
    await using opening = resources
    const berth = opening.use(await startBerthProcess(options))
    const ecr = await ecrClientOf(berth)
    const { region, credentials } = ecr.config
    const ecs = new ECSClient({ endpoint: berth.url, region, credentials, maxAttempts: 1 })
    opening.defer(() => ecs.destroy())
    await ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' }))
    await ecs.send(new CreateClusterCommand({}))
    return new TaskWorld({ dockerd, berth, ecr, ecs }, opening.move())
  }

  /** Registers a family of one container `app`, or of those that are given. */
  async register(
    family: string,
    app: Partial<ContainerDefinition>,
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<void> {
    const containerDefinitions = [appContainer({ name: 'app', ...app })]
    await this.ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions, ...more }))
  }

  async run(taskDefinition: string, more: Partial<RunTaskCommandInput> = {}): Promise<Task> {
    const { tasks = [] } = await this.ecs.send(new RunTaskCommand({ taskDefinition, ...more }))
    return tasks[0] ?? {}
  }

  async describe({ taskArn = '' }: Task): Promise<Task> {
    const { tasks = [] } = await this.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }))
    return tasks[0] ?? {}
  }

  /** Waits until a task has come to a status, and describes it then. */
  async becomes(task: Task, status: string): Promise<Task> {
    return this.until(task, (now) => expect(now.lastStatus, JSON.stringify(now)).toBe(status))
  }

  /** Waits until what is described no longer fails. */
  async until(task: Task, check: (now: Task) => void): Promise<Task> {
    return vi.waitFor(async () => {
      const now = await this.describe(task)
      check(now)
      return now
    }, patience)
  }

  async stop(task: Task): Promise<Task> {
    await this.ecs.send(new StopTaskCommand({ task: task.taskArn }))
    return this.becomes(task, 'STOPPED')
  }

  /** Registers, runs to the end, and answers what became of it. */
  async runToEnd(
    family: string,
    app: Partial<ContainerDefinition>,
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<Task> {
    await this.register(family, app, more)
    return this.becomes(await this.run(family), 'STOPPED')
  }

  /** What `docker inspect` says of a container. */
  async inspect({ runtimeId = '' }: { readonly runtimeId?: string | undefined } = {}) {
    return JSON.parse(await this.dockerd.docker.output(['inspect', runtimeId]))[0]
  }

  /** The names of all that the engine has besides images. */
  async engineContents(): Promise<object> {
    const list = async (...command: string[]) =>
      (await this.dockerd.docker.output(command)).split('\n').toSorted()
    return {
      containers: await list('ps', '--all', '--format', '{{.Names}}'),
      networks: await list('network', 'ls', '--format', '{{.Name}}'),
      volumes: await list('volume', 'ls', '--format', '{{.Name}}'),
    }
  }

  /** Pushes an image of a web server that has one page, and answers its digest. */
  async pushPage(tag: string, page: string, command: readonly string[] = webServer): Promise<string> {
    const { docker } = this.dockerd
    const login = ['login', '--username', 'AWS', '--password-stdin', this.berth.host]
    await docker.output(login, { input: await fetchPassword(this.ecr) })
    return this.pushPageTo(`${this.berth.host}/web:${tag}`, page, command)
  }

  /** The same to any registry. */
  async pushPageTo(reference: string, page: string, command: readonly string[] = webServer): Promise<string> {
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
      `CMD ${JSON.stringify(command)}`,
    ]
    await writeFile(join(folder.path, 'Dockerfile'), `${steps.join('\n')}\n`)
    const { docker } = this.dockerd
    await docker.output(['build', '--quiet', '--tag', reference, folder.path])
    return /sha256:[0-9a-f]{64}/.exec(await docker.output(['push', reference]))?.[0] ?? ''
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#resources.disposeAsync()
  }
}

/** A container of the image that was pushed, of a size that many of them fit. */
export function appContainer(facts: Partial<ContainerDefinition>): ContainerDefinition {
  return { name: 'app', image: `${webImage}:v1`, memory: 32, stopTimeout: 2, ...facts }
}

/** A command of a container: a line for the shell. */
export function shell(line: string): Pick<ContainerDefinition, 'command'> {
  return { command: ['sh', '-c', line] }
}
