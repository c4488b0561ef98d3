import { z } from 'zod'
import type { SeenContainer } from '../core/ecs/step-task.ts'
import { type NetworkBinding, taskArn } from '../core/ecs/task.ts'
import { containerOptions, engineName, labels } from './container-options.ts'
import { DockerClient, DockerError } from './docker-client.ts'
import { ContainerError, type Engine, type ImageToPull } from './engine.ts'

const listing = z.array(z.object({ Id: z.string() }))
const made = z.object({ Id: z.string() })
const details = z.object({
  Id: z.string(),
  State: z.object({ Status: z.string(), ExitCode: z.int(), OOMKilled: z.boolean() }),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
  NetworkSettings: z.object({
    Ports: z
      .record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable())
      .nullish(),
  }),
})

/** Seconds a container has to end by itself. @see Amazon ECS developer guide, ECS_CONTAINER_STOP_TIMEOUT */
const defaultStopTimeout = 30

/** The Docker Engine at a Unix socket. */
export function dockerEngine(socketPath: string): Engine {
  const docker = new DockerClient(socketPath)
  return {
    async look(task) {
      const filters = JSON.stringify({ label: [`${labels.task}=${taskArn(task)}`] })
      const query = { all: 'true', filters }
      const found = listing.parse(await docker.ask({ method: 'GET', path: '/containers/json', query }))
      const seen = await Promise.all(found.map(({ Id }) => inspect(docker, Id)))
      return seen.flatMap((one) => one ?? [])
    },

    pull: (image) => as('CannotPullContainerError', () => pull(docker, image)),

    async start(task, container, image) {
      const id = await as('CannotCreateContainerError', async () => {
        const name = engineName(task, container)
        const known = await findOwn(docker, name, taskArn(task))
        if (known !== undefined) return known
        const body = containerOptions(task, container, image)
        return made.parse(
          await docker.ask({ method: 'POST', path: '/containers/create', query: { name }, body }),
        ).Id
      })
      await as('CannotStartContainerError', () =>
        docker.ask({ method: 'POST', path: `/containers/${id}/start` }),
      )
    },

    async stop(id, { definition }) {
      const query = { t: String(definition.stopTimeout ?? defaultStopTimeout) }
      await unlessGone(docker.ask({ method: 'POST', path: `/containers/${id}/stop`, query }))
    },

    async remove(id) {
      const query = { v: 'true' }
      await unlessGone(docker.ask({ method: 'DELETE', path: `/containers/${id}`, query }))
    },
  }
}

async function pull(docker: DockerClient, { name, login }: ImageToPull): Promise<void> {
  // Without a tag or a digest the engine would pull all tags.
  const hasVersion = /[:@][^/]+$/.test(name)
  const query = { fromImage: hasVersion ? name : `${name}:latest` }
  const sealed =
    login && JSON.stringify({ username: login.username, password: login.password, serveraddress: login.host })
  // With its padding, which Docker insists on and Node's base64url leaves out.
  const header = sealed && Buffer.from(sealed).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
  const headers = header && { 'x-registry-auth': header }
  await docker.follow({ method: 'POST', path: '/images/create', query, ...(headers && { headers }) })
}

/** The id of the container of this name, if it is the task's. */
async function findOwn(docker: DockerClient, name: string, arn: string): Promise<string | undefined> {
  const answer = await unlessGone(docker.ask({ method: 'GET', path: `/containers/${name}/json` }))
  if (answer === undefined) return undefined
  const { Id, Config } = details.parse(answer)
  return Config.Labels?.[labels.task] === arn ? Id : undefined
}

async function inspect(docker: DockerClient, id: string): Promise<SeenContainer | undefined> {
  const answer = await unlessGone(docker.ask({ method: 'GET', path: `/containers/${id}/json` }))
  if (answer === undefined) return undefined
  const { State, Config, NetworkSettings } = details.parse(answer)
  const digest = Config.Labels?.[labels.digest]
  const state = stateOf(State.Status)
  return {
    id,
    name: Config.Labels?.[labels.container] ?? '',
    state,
    ...(state === 'exited' && { exitCode: State.ExitCode }),
    isOutOfMemory: State.OOMKilled,
    ...(digest !== undefined && { imageDigest: digest }),
    bindings: Object.entries(NetworkSettings.Ports ?? {}).flatMap(([port, hosts]) =>
      bindingsOf(port, hosts ?? []),
    ),
  }
}

function stateOf(status: string): SeenContainer['state'] {
  if (status === 'created') return 'created'
  return status === 'exited' || status === 'dead' || status === 'removing' ? 'exited' : 'running'
}

function bindingsOf(
  port: string,
  hosts: readonly { readonly HostIp: string; readonly HostPort: string }[],
): NetworkBinding[] {
  const [containerPort, protocol] = port.split('/')
  return hosts.map(({ HostIp: bindIP, HostPort }) => ({
    bindIP,
    containerPort: Number(containerPort),
    hostPort: Number(HostPort),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
  }))
}

async function as<Result>(
  kind: ConstructorParameters<typeof ContainerError>[0],
  work: () => Promise<Result>,
) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DockerError) throw new ContainerError(kind, error.message)
    throw error
  }
}

/** What has gone meanwhile needs no more. */
async function unlessGone<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof DockerError && error.status === 404) return undefined
    throw error
  }
}
