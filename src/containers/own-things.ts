import { z } from 'zod'
import { parseTaskArn, type Task, type TaskKey, taskArn } from '../core/ecs/task.ts'
import type { DockerClient } from './docker-client.ts'
import type { OwnedThing } from './engine.ts'
import { claimRole, labelled, labels } from './labels.ts'
import { goesWithTask } from './mounts.ts'
import { nameWithin, pausePart, volumeName } from './names.ts'
import { pauseImageName } from './provision-task.ts'

const marks = z
  .record(z.string(), z.string())
  .nullish()
  .transform((found) => found ?? {})
const containerList = z.array(
  z.object({ Id: z.string(), Names: z.array(z.string()), Image: z.string(), Labels: marks }),
)
const volumeList = z.object({ Volumes: z.array(z.object({ Name: z.string(), Labels: marks })).nullish() })
const ownNetwork = z.object({ Id: z.string(), Labels: marks })
const networkList = z.array(z.object({ Labels: marks }))

type ListedContainer = z.infer<typeof containerList>[number]
type Marks = z.infer<typeof marks>

/** Something with a Berth's mark. */
export interface MarkedThing {
  /** `claim`: an empty volume, by which somebody who isn't certain of the mark asks who else has it, or is told. */
  readonly kind: 'container' | 'network' | 'volume' | 'claim'
  /** The last claim of whoever made it; empty for what is from before there were claims. */
  readonly claim: string
}

/**
 * Finds what one Berth has made on an engine. Its labels alone don't prove that: an image that somebody makes of a task's container has
 * them, and so has each container that is run from it. What a copy can't have is the name, which the engine gives once.
 */
export class OwnThings {
  readonly #docker: DockerClient
  readonly #mark: string

  /** @param mark the Berth's */
  constructor(docker: DockerClient, mark: string) {
    this.#docker = docker
    this.#mark = mark
  }

  /** The ids of a task's containers. One that is known by its id may have been renamed. */
  async containersOf(task: Task): Promise<string[]> {
    const known = new Set(task.containers.map(({ runtimeId }) => runtimeId))
    const found = await this.#containers(`${labels.task}=${taskArn(task)}`)
    return found.filter((one) => known.has(one.Id) || taskOfContainer(one) !== undefined).map(({ Id }) => Id)
  }

  /** The names of the volumes that go with a task. */
  async volumesOf(task: Task): Promise<string[]> {
    const own = (task.volumes ?? [])
      .filter(goesWithTask)
      .map((one) => volumeName(task, one, { mark: this.#mark }))
    if (own.length === 0) return []
    const found = await this.#volumes(`${labels.task}=${taskArn(task)}`)
    return found.map(({ Name }) => Name).filter((name) => own.includes(name))
  }

  /** The id of a network by its name, if it was made here. */
  async network(name: string): Promise<string | undefined> {
    const answer = await this.#docker.find({ method: 'GET', path: `/networks/${name}` })
    if (answer === undefined) return undefined
    const { Id, Labels } = ownNetwork.parse(answer)
    return Labels[labels.owner] === this.#mark ? Id : undefined
  }

  /** Everything of any task's. */
  async ofTasks(): Promise<OwnedThing[]> {
    const [containers, volumes] = await Promise.all([this.#containers(), this.#volumes()])
    return [
      ...containers.flatMap((one) => thingOf('container', one.Id, taskOfContainer(one))),
      ...volumes.flatMap((one) => thingOf('volume', one.Name, taskOfVolume(one.Name, one.Labels))),
    ]
  }

  /** All with the mark, whether of a task or not. */
  async marked(): Promise<MarkedThing[]> {
    const query = { filters: this.#filters([]) }
    const [containers, volumes, networks] = await Promise.all([
      this.#containers(),
      this.#volumes(),
      this.#docker.ask({ method: 'GET', path: '/networks', query }),
    ])
    const own = containers.filter((one) => taskOfContainer(one) !== undefined)
    return [
      ...own.map(({ Labels }) => markedThing('container', Labels)),
      ...networkList.parse(networks).map(({ Labels }) => markedThing('network', Labels)),
      ...volumes.map(({ Labels }) =>
        markedThing(Labels[labels.role] === claimRole ? 'claim' : 'volume', Labels),
      ),
    ]
  }

  async #containers(...wanted: readonly string[]): Promise<ListedContainer[]> {
    const query = { all: 'true', filters: this.#filters(wanted) }
    return containerList.parse(await this.#docker.ask({ method: 'GET', path: '/containers/json', query }))
  }

  async #volumes(...wanted: readonly string[]) {
    const query = { filters: this.#filters(wanted) }
    const { Volumes } = volumeList.parse(await this.#docker.ask({ method: 'GET', path: '/volumes', query }))
    return Volumes ?? []
  }

  #filters(wanted: readonly string[]): string {
    return labelled(`${labels.owner}=${this.#mark}`, ...wanted)
  }
}

function markedThing(kind: MarkedThing['kind'], found: Marks): MarkedThing {
  return { kind, claim: found[labels.claim] ?? '' }
}

function thingOf(kind: OwnedThing['kind'], id: string, task: TaskKey | undefined): OwnedThing[] {
  return task === undefined ? [] : [{ kind, id, task }]
}

/** The task that a container's labels say, if it is what they say. The image of the pause container is nobody else's. */
function taskOfContainer({ Names, Image, Labels }: ListedContainer): TaskKey | undefined {
  const task = parseTaskArn(Labels[labels.task] ?? '')
  const isPause = Labels[labels.role] === 'pause'
  if (task === undefined || (isPause && Image === pauseImageName)) return task
  const name = nameFrom(Labels, task, isPause ? pausePart : (Labels[labels.container] ?? ''))
  return Names.includes(`/${name}`) ? task : undefined
}

function taskOfVolume(name: string, found: Marks): TaskKey | undefined {
  const task = parseTaskArn(found[labels.task] ?? '')
  if (task === undefined) return undefined
  const [start = '', end = ''] = nameFrom(found, task, '/').split('/')
  return name.startsWith(start) && name.endsWith(end) ? task : undefined
}

function nameFrom(found: Marks, { id }: TaskKey, part: string): string {
  return nameWithin({ family: found[labels.family] ?? '', revision: found[labels.revision] ?? '', id }, part)
}
