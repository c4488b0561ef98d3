import { z } from 'zod'
import type { Task } from '../core/ecs/task.ts'
import { type DockerClient, DockerError } from './docker-client.ts'
import { ContainerError } from './engine.ts'
import { hostsFile, isOfNetwork, sysctlsOf } from './host-options.ts'
import { areOf, labels, type Owner, ownerLabels, taskLabels } from './labels.ts'
import { makeOnce } from './make-once.ts'
import { networkName, pauseName } from './names.ts'
import { pauseImage } from './pause-image.ts'

/** A name in no registry: a task's image of this name would be asked for at the engine's own machine. */
export const pauseImageName = 'localhost/berth-pause:1'

const marked = z
  .object({ Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }) })
  .optional()
const version = z.object({ Arch: z.string() })

/** What is needed to make what the containers of a task share. */
export interface Provisioning {
  readonly docker: DockerClient
  readonly owner: Owner
  /** Further networks that the task is to be on. */
  readonly networks: readonly string[]
}

/**
 * Makes and starts the container that holds what the others share: in network mode awsvpc an interface on the network of its subnet, which
 * all tasks of an account there have in common as they would in AWS.
 */
export async function provisionTask({ docker, owner, networks }: Provisioning, task: Task): Promise<void> {
  await ensureImage(docker)
  const subnet = task.interface?.subnet
  const network = subnet === undefined ? undefined : networkName(task, subnet, owner)
  if (network !== undefined) await ensureNetwork(docker, { name: network, owner })
  const name = pauseName(task)
  const body = pauseOptions(task, network, owner)
  await makeOnce(
    async () => {
      const found = marked.parse(await docker.find({ method: 'GET', path: `/containers/${name}/json` }))
      return areOf(task, owner, found?.Config.Labels) ? found : undefined
    },
    () => docker.ask({ method: 'POST', path: '/containers/create', query: { name }, body }),
  )
  for (const other of networks) await connect(docker, other, name)
  await docker.ask({ method: 'POST', path: `/containers/${name}/start` })
}

function pauseOptions(task: Task, network: string | undefined, owner: Owner): object {
  const definitions = task.containers.map(({ definition }) => definition)
  const isVpc = network !== undefined
  return {
    Image: pauseImageName,
    Cmd: ['/pause'],
    Labels: { ...taskLabels(task, owner), [labels.role]: 'pause' },
    HostConfig: {
      NetworkMode: network ?? 'none',
      IpcMode: task.ipcMode === 'task' ? 'shareable' : 'private',
      LogConfig: { Type: 'none', Config: {} },
      // Processes whose parents have ended are its own where all share theirs.
      ...(task.pidMode === 'task' && { Init: true }),
      ...(isVpc && {
        ExtraHosts: hostsFile(definitions.flatMap(({ extraHosts = [] }) => extraHosts)),
        Sysctls: sysctlsOf(definitions, isOfNetwork),
      }),
    },
  }
}

async function ensureImage(docker: DockerClient): Promise<void> {
  if ((await docker.find({ method: 'GET', path: `/images/${pauseImageName}/json` })) !== undefined) return
  const { Arch } = version.parse(await docker.ask({ method: 'GET', path: '/version' }))
  const body = pauseImage(Arch)
  if (body === undefined) {
    throw new ContainerError(
      'ResourceInitializationError',
      `Berth has no pause container for engines on ${Arch}.`,
    )
  }
  // The tag goes with the name, since Podman doesn't read one beside it.
  const query = { fromSrc: '-', platform: `linux/${Arch}`, repo: pauseImageName }
  await docker.follow({ method: 'POST', path: '/images/create', query, body })
}

/** A network of Berth's own; one of the same name that isn't is left alone. @throws ContainerError */
export async function ensureNetwork(
  docker: DockerClient,
  { name, owner, options = {} }: { readonly name: string; readonly owner: Owner; readonly options?: object },
): Promise<void> {
  const found = await docker.find({ method: 'GET', path: `/networks/${name}` })
  if (found === undefined) {
    const body = { Name: name, Driver: 'bridge', Labels: ownerLabels(owner), ...options }
    await unless(409, docker.ask({ method: 'POST', path: '/networks/create', body }))
  } else if (
    z.object({ Labels: z.record(z.string(), z.string()).nullish() }).parse(found).Labels?.[labels.owner] !==
    owner.mark
  ) {
    throw new ContainerError(
      'ResourceInitializationError',
      `The engine has a network '${name}' that Berth hasn't made.`,
    )
  }
}

/** Puts a container on a further network; it may be there. */
export async function connect(docker: DockerClient, network: string, container: string): Promise<void> {
  const body = { Container: container }
  const connected = docker.ask({ method: 'POST', path: `/networks/${network}/connect`, body })
  await connected.catch((error: unknown) => {
    if (!(error instanceof DockerError) || !/already (exists|attached)/.test(error.message)) throw error
  })
}

async function unless(status: number, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof DockerError) || error.status !== status) throw error
  })
}
