import { z } from 'zod'
import type { ContainerInstance } from '../core/ecs/container-instance.ts'
import type { EngineImage } from '../core/ecs/images/pulled-reference.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { containerOptions } from './container-options.ts'
import { type DockerClient, DockerError } from './docker-client.ts'
import {
  ContainerError,
  type Engine,
  type Extras,
  ImageGoneError,
  type ImageToPull,
  type LogLine,
  type LogQuery,
  type OwnedThing,
  type PulledImage,
  type WatchHooks,
} from './engine.ts'
import { listImages, listImagesInUse, removeImage } from './engine-images.ts'
import { ExecutedCommand } from './exec-command.ts'
import { areOf, labels, type Owner } from './labels.ts'
import { logLines } from './log-lines.ts'
import { makeOnce } from './make-once.ts'
import { isKeptByEngine, volumeOptions } from './mounts.ts'
import { engineName, networkName, volumeName } from './names.ts'
import { OwnThings } from './own-things.ts'
import { connect, ensureNetwork, provisionTask } from './provision-task.ts'
import { platformOf, pullImage } from './pull-image.ts'
import { readInstance } from './read-instance.ts'
import { type ContainerDetails, containerDetails, seenContainer, seenPause } from './seen-container.ts'
import { watchEvents } from './watch-events.ts'

const made = z.object({ Id: z.string() })

/** Seconds a container has to end by itself. @see Amazon ECS developer guide, ECS_CONTAINER_STOP_TIMEOUT */
const defaultStopTimeout = 30

/** A network that all tasks are on, and what the engine makes it with. */
export interface CommonNetwork {
  readonly name: string
  readonly options: object
}

/** What a container is made with. */
interface Making {
  readonly owner: Owner
  readonly image: PulledImage
  readonly extras: Extras
}

/** A Docker Engine. */
export class DockerEngine implements Engine {
  readonly #docker: DockerClient
  readonly #owner: () => Promise<Owner>
  readonly #common: ((owner: Owner) => CommonNetwork) | undefined
  #turn: Promise<unknown> = Promise.resolve()

  /** @param settings.owner what tells this Berth's containers from those of another on the same engine, by now */
  constructor(
    docker: DockerClient,
    settings: {
      readonly owner: () => Promise<Owner>
      readonly common?: ((owner: Owner) => CommonNetwork) | undefined
    },
  ) {
    this.#docker = docker
    this.#owner = settings.owner
    this.#common = settings.common
  }

  async look(task: Task): ReturnType<Engine['look']> {
    const owner = await this.#owner()
    const details = await this.#detailsOf(task)
    const subnet = task.interface?.subnet
    const network = subnet && networkName(task, subnet, owner)
    const pause = details.find(isPause)
    return {
      containers: details.filter((one) => !isPause(one)).map(seenContainer),
      ...(pause && { pause: seenPause(pause, network) }),
      hasVolumes: (await this.#things(owner).volumesOf(task)).length > 0,
    }
  }

  async describe(): Promise<ContainerInstance> {
    return readInstance(await this.#docker.ask({ method: 'GET', path: '/info' }))
  }

  async provision(task: Task): Promise<void> {
    await this.#alone(() =>
      named('ResourceInitializationError', async () => {
        const owner = await this.#owner()
        const networks = task.networkMode === 'awsvpc' ? await this.#commonNetworks(owner) : []
        try {
          await provisionTask({ docker: this.#docker, owner, networks }, task)
        } catch (error) {
          // Without a container to release nobody would look for it again.
          if (error instanceof DockerError) await this.#leaveSubnet(task, owner)
          throw error
        }
      }),
    )
  }

  async pull(image: ImageToPull, task: Task, signal: AbortSignal): Promise<string | undefined> {
    return named('CannotPullContainerError', () =>
      pullImage(this.#docker, image, { platform: platformOf(task.runtimePlatform), signal }),
    )
  }

  images(): Promise<readonly EngineImage[]> {
    return listImages(this.#docker)
  }

  imagesInUse(): Promise<ReadonlySet<string>> {
    return listImagesInUse(this.#docker)
  }

  removeImage(reference: string): Promise<boolean> {
    return removeImage(this.#docker, reference)
  }

  async start(task: Task, container: TaskContainer, image: PulledImage, extras: Extras): Promise<void> {
    const found = await named('CannotCreateContainerError', async () => {
      const owner = await this.#owner()
      const { id, wasStarted } = await this.#ensure(task, container, { owner, image, extras })
      if (!wasStarted) await this.#joinCommonNetworks(task, container, { owner, id })
      return { id, wasStarted }
    })
    if (!found.wasStarted) await this.restart(found.id)
  }

  async restart(id: string): Promise<void> {
    await named('CannotStartContainerError', () =>
      this.#docker.ask({ method: 'POST', path: `/containers/${id}/start` }),
    )
  }

  async stop(id: string, { definition }: TaskContainer): Promise<void> {
    const query = { t: String(definition.stopTimeout ?? defaultStopTimeout) }
    await this.#docker.find({ method: 'POST', path: `/containers/${id}/stop`, query })
  }

  async remove(id: string): Promise<void> {
    await this.#docker.find({ method: 'DELETE', path: `/containers/${id}`, query: { v: 'true' } })
  }

  async release(task: Task): Promise<void> {
    const owner = await this.#owner()
    const pause = (await this.#detailsOf(task)).find(isPause)
    if (pause) await this.#removeContainer(pause.Id)
    for (const name of await this.#things(owner).volumesOf(task)) await this.#removeVolume(name)
    await this.#alone(() => this.#leaveSubnet(task, owner))
  }

  async exec(id: string, command: readonly string[]): Promise<ExecutedCommand> {
    if (!(await this.#isOwn(id))) throw new DockerError(404, `No such container: ${id}`)
    return ExecutedCommand.begin(this.#docker, id, command)
  }

  async stats(id: string): Promise<unknown> {
    if (!(await this.#isOwn(id))) return undefined
    const query = { stream: 'false' }
    return this.#docker.find({ method: 'GET', path: `/containers/${id}/stats`, query })
  }

  async owned(): Promise<readonly OwnedThing[]> {
    return this.#things(await this.#owner()).ofTasks()
  }

  async removeOwned({ kind, id }: OwnedThing): Promise<void> {
    await (kind === 'container' ? this.#removeContainer(id) : this.#removeVolume(id))
  }

  async *logs(id: string, { after = '', signal, ...kind }: LogQuery): AsyncGenerator<LogLine> {
    const since = after === '' ? undefined : secondsOf(after)
    const query = {
      follow: 'true',
      stdout: 'true',
      stderr: 'true',
      timestamps: 'true',
      ...(since && { since }),
    }
    const path = `/containers/${id}/logs`
    const output = await this.#docker.openIfThere({ method: 'GET', path, query, signal })
    if (output === undefined) return
    for await (const line of logLines(output, kind)) if (line.at > after) yield line
  }

  watch(hooks: WatchHooks, signal: AbortSignal): Promise<void> {
    return watchEvents({ docker: this.#docker, owner: this.#owner }, hooks, signal)
  }

  #things({ mark }: Owner): OwnThings {
    return new OwnThings(this.#docker, mark)
  }

  async #isOwn(id: string): Promise<boolean> {
    const [owner, found] = await Promise.all([this.#owner(), this.#inspect(id)])
    return found?.Config.Labels?.[labels.owner] === owner.mark
  }

  /** One at a time, so that no network goes that a task is about to join. */
  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }

  /** A container by its name, which is made if it isn't there. Another process of this Berth may be making it just now, and may start it. */
  async #ensure(
    task: Task,
    container: TaskContainer,
    making: Making,
  ): Promise<{ readonly id: string; readonly wasStarted: boolean }> {
    const name = engineName(task, container)
    return makeOnce(
      () => this.#ownContainer(task, name, making.owner),
      async () => ({ id: await this.#create(task, container, name, making), wasStarted: false }),
    )
  }

  async #ownContainer(task: Task, name: string, owner: Owner) {
    const known = await this.#inspect(name)
    if (known === undefined || !areOf(task, owner, known.Config.Labels)) return undefined
    return { id: known.Id, wasStarted: known.State.Status !== 'created' }
  }

  async #create(task: Task, container: TaskContainer, name: string, making: Making): Promise<string> {
    await this.#ensureVolumes(task, container, making.owner)
    const body = containerOptions(task, container, making)
    const platform = platformOf(task.runtimePlatform)
    const query = { name, ...(platform !== undefined && { platform }) }
    try {
      return made.parse(await this.#docker.ask({ method: 'POST', path: '/containers/create', query, body }))
        .Id
    } catch (error) {
      throw isImageGone(error) ? new ImageGoneError(error.message) : error
    }
  }

  async #joinCommonNetworks(
    task: Task,
    { definition }: TaskContainer,
    { owner, id }: { readonly owner: Owner; readonly id: string },
  ): Promise<void> {
    if (task.networkMode !== 'bridge' || definition.disableNetworking) return
    for (const network of await this.#commonNetworks(owner)) await connect(this.#docker, network, id)
  }

  async #commonNetworks(owner: Owner): Promise<readonly string[]> {
    if (this.#common === undefined) return []
    const network = this.#common(owner)
    await ensureNetwork(this.#docker, { owner, ...network })
    return [network.name]
  }

  async #ensureVolumes(
    task: Task,
    { definition: { mountPoints = [] } }: TaskContainer,
    owner: Owner,
  ): Promise<void> {
    const mounted = new Set(mountPoints.map(({ sourceVolume }) => sourceVolume))
    for (const volume of (task.volumes ?? []).filter((one) => mounted.has(one.name) && isKeptByEngine(one))) {
      const name = volumeName(task, volume, owner)
      const { scope, autoprovision = false } = volume.dockerVolumeConfiguration ?? {}
      const isThere = (await this.#docker.find({ method: 'GET', path: `/volumes/${name}` })) !== undefined
      if (isThere) continue
      if (scope === 'shared' && !autoprovision)
        throw new DockerError(404, `get ${volume.name}: no such volume`)
      const body = volumeOptions(task, volume, owner)
      await this.#docker.ask({ method: 'POST', path: '/volumes/create', body })
    }
  }

  /** All containers of a task. */
  async #detailsOf(task: Task): Promise<ContainerDetails[]> {
    const ids = await this.#things(await this.#owner()).containersOf(task)
    const found = await Promise.all(ids.map((id) => this.#inspect(id)))
    return found.filter((one) => one !== undefined)
  }

  async #inspect(id: string): Promise<ContainerDetails | undefined> {
    const answer = await this.#docker.find({ method: 'GET', path: `/containers/${id}/json` })
    return answer === undefined ? undefined : containerDetails.parse(answer)
  }

  async #removeContainer(id: string): Promise<void> {
    const query = { v: 'true', force: 'true' }
    await this.#docker.find({ method: 'DELETE', path: `/containers/${id}`, query })
  }

  async #removeVolume(name: string): Promise<void> {
    await this.#docker.find({ method: 'DELETE', path: `/volumes/${name}`, query: { force: 'true' } })
  }

  async #leaveSubnet(task: Task, owner: Owner): Promise<void> {
    const subnet = task.interface?.subnet
    if (subnet !== undefined) await this.#removeNetwork(networkName(task, subnet, owner), owner)
  }

  /** One that others are on stays, and so does one that wasn't made here. */
  async #removeNetwork(name: string, owner: Owner): Promise<void> {
    const id = await this.#things(owner).network(name)
    if (id === undefined) return
    try {
      await this.#docker.find({ method: 'DELETE', path: `/networks/${id}` })
    } catch (error) {
      if (!(error instanceof DockerError) || error.status !== 403) throw error
    }
  }
}

/** Seconds since 1970 with nine decimals, as the engine wants them. */
function secondsOf(time: string): string {
  const [, fraction = '0'] = /\.(\d+)Z$/.exec(time) ?? []
  return `${Math.floor(Date.parse(time) / 1000)}.${fraction}`
}

function isImageGone(error: unknown): error is DockerError {
  return error instanceof DockerError && error.status === 404 && /no such image/i.test(error.message)
}

function isPause({ Config }: ContainerDetails): boolean {
  return Config.Labels?.[labels.role] === 'pause'
}

async function named<Result>(
  kind: ConstructorParameters<typeof ContainerError>[0],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DockerError) throw new ContainerError(kind, error.message)
    throw error
  }
}
