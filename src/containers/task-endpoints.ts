import type { Task } from '../core/ecs/task.ts'
import type { DockerClient } from './docker-client.ts'
import type { CommonNetwork } from './docker-engine.ts'
import { ContainerError, type Extras, type Variable } from './engine.ts'
import type { Owner } from './labels.ts'
import { ensureNetwork } from './provision-task.ts'
import { taskNetwork } from './task-network.ts'
import type { TaskEndpoint } from './task-work.ts'

/** The address at which every AWS SDK asks for the credentials of a task. @see AWS SDKs and Tools reference, "Container credential provider" */
const gatewayAddress = '169.254.170.2'
const gatewayPort = 80

/**
 * The network on which tasks find that address: it is the engine's machine. It leads nowhere else, and its containers don't see each other.
 * Instance metadata's own address is nobody's.
 */
export function gatewayNetwork({ mark }: Owner): CommonNetwork {
  const addresses = { Subnet: taskNetwork, Gateway: gatewayAddress }
  return {
    name: `ecs-${mark}-endpoint`,
    options: {
      Internal: true,
      IPAM: { Config: [{ ...addresses, AuxiliaryAddresses: { metadata: '169.254.169.254' } }] },
      Options: { 'com.docker.network.bridge.enable_icc': 'false' },
    },
  }
}

/** Where a container asks for what. */
export interface TaskPaths {
  credentials(task: Task, container: string): { readonly path: string; readonly token: string }
  metadata(task: Task, container: string): string
}

/** Tasks are left to themselves. */
export const noEndpoint: TaskEndpoint = {
  open: async () => undefined,
  extrasFor: (task) => ({ defaults: regionOf(task), fixed: [] }),
}

/** Tasks reach this Berth by a URL that its operator knows to lead there. */
export function endpointAt(url: string, paths: TaskPaths): TaskEndpoint {
  return {
    open: async () => undefined,
    extrasFor: (task, container) => {
      const { path, token } = paths.credentials(task, container)
      return extras(task, { url, metadata: paths.metadata(task, container) }, [
        { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: `${url}${path}` },
        { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN', value: token },
      ])
    },
  }
}

/** Tasks reach this Berth, which runs on the engine's machine, at the address that SDKs expect. */
export function gatewayEndpoint(parts: {
  readonly docker: DockerClient
  readonly owner: () => Promise<Owner>
  readonly paths: TaskPaths
  /** Listens there, until Berth stops. */
  readonly listen: (host: string, port: number) => Promise<void>
}): TaskEndpoint {
  const { docker, owner, paths, listen } = parts
  let listening: Promise<void> | undefined
  const open = async () => {
    const own = await owner()
    await ensureNetwork(docker, { owner: own, ...gatewayNetwork(own) })
    await listen(gatewayAddress, gatewayPort)
  }
  return {
    async open() {
      listening ??= open()
      try {
        await listening
      } catch (error) {
        listening = undefined
        const why = isMissing(error) ? noSuchAddress : error instanceof Error ? error.message : String(error)
        const place = `${gatewayAddress}:${gatewayPort}`
        throw new ContainerError(
          'ResourceInitializationError',
          `Berth can't listen for tasks at ${place}: ${why}`,
        )
      }
    },
    extrasFor(task, container) {
      if (task.networkMode === 'none') return noEndpoint.extrasFor(task, container)
      const { path, token } = paths.credentials(task, container)
      const url = `http://${gatewayAddress}`
      return extras(task, { url, metadata: paths.metadata(task, container) }, [
        { name: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', value: `${path}/${token}` },
      ])
    },
  }
}

const noSuchAddress =
  'the engine has not given this machine that address, as Podman does not, and an engine on another machine cannot. With a URL as --task-endpoint any engine will do.'

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL'
}

function extras(
  task: Task,
  { url, metadata }: { readonly url: string; readonly metadata: string },
  credentials: readonly Variable[],
): Extras {
  return {
    defaults: [...regionOf(task), { name: 'AWS_ENDPOINT_URL', value: url }],
    fixed: [
      { name: 'ECS_CONTAINER_METADATA_URI_V4', value: `${url}${metadata}` },
      ...(task.taskRoleArn === undefined ? [] : credentials),
    ],
  }
}

function regionOf({ cluster: { region } }: Task): Variable[] {
  return [
    { name: 'AWS_REGION', value: region },
    { name: 'AWS_DEFAULT_REGION', value: region },
    { name: 'AWS_EXECUTION_ENV', value: 'AWS_ECS_EC2' },
  ]
}
