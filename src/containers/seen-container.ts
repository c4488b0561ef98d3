import { z } from 'zod'
import type { SeenContainer, SeenPause } from '../core/ecs/running/seen-task.ts'
import type { HealthStatus, NetworkBinding } from '../core/ecs/task.ts'
import { labels } from './labels.ts'

const hostPort = z.object({ HostIp: z.string(), HostPort: z.string() })

/** What of the engine's description of a container is of interest. @see Docker Engine API, ContainerInspect */
export const containerDetails = z.object({
  Id: z.string(),
  State: z.object({
    Status: z.string(),
    ExitCode: z.int(),
    OOMKilled: z.boolean(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
  Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }),
  NetworkSettings: z.object({
    Ports: z.record(z.string(), z.array(hostPort).nullable()).nullish(),
    Networks: z.record(z.string(), z.object({ IPAddress: z.string(), MacAddress: z.string() })).nullish(),
  }),
})

export type ContainerDetails = z.infer<typeof containerDetails>

/** A container of a task as rules see it. */
export function seenContainer({ Id: id, State, Config, NetworkSettings }: ContainerDetails): SeenContainer {
  const marks = Config.Labels ?? {}
  const state = stateOf(State.Status)
  const digest = marks[labels.digest]
  return {
    id,
    name: marks[labels.container] ?? '',
    state,
    ...timeAt('startedAt', Date.parse(State.StartedAt)),
    ...(state === 'exited' && {
      exitCode: State.ExitCode,
      ...timeAt('endedAt', Date.parse(State.FinishedAt)),
    }),
    isOutOfMemory: State.OOMKilled,
    ...healthOf(State.Health?.Status),
    ...(digest && { imageDigest: digest }),
    ...timeAt('pullStartedAt', Number(marks[labels.pullStarted])),
    ...timeAt('pullStoppedAt', Number(marks[labels.pullStopped])),
    bindings: Object.entries(NetworkSettings.Ports ?? {}).flatMap(([port, hosts]) =>
      bindingsOf(port, hosts ?? []),
    ),
  }
}

/** The container that holds what others share, with its address on the network of its subnet. */
export function seenPause(
  { Id: id, State, NetworkSettings }: ContainerDetails,
  network: string | undefined,
): SeenPause {
  const { IPAddress: address = '', MacAddress: mac = '' } =
    (network === undefined ? undefined : NetworkSettings.Networks?.[network]) ?? {}
  return {
    id,
    isRunning: stateOf(State.Status) === 'running',
    ...(stateOf(State.Status) === 'exited' && timeAt('endedAt', Date.parse(State.FinishedAt))),
    ...(address && { address }),
    ...(mac && { mac }),
  }
}

function stateOf(status: string): SeenContainer['state'] {
  if (status === 'created') return 'created'
  return status === 'exited' || status === 'dead' || status === 'removing' ? 'exited' : 'running'
}

/** A container that has never started has a time long before 1970. */
function timeAt<Name extends string>(name: Name, time: number): Partial<Record<Name, number>> {
  const known: Partial<Record<Name, number>> = {}
  if (time > 0) known[name] = time
  return known
}

function healthOf(status: string | undefined): { readonly health?: HealthStatus } {
  if (status === undefined || status === 'none') return {}
  if (status === 'healthy') return { health: 'HEALTHY' }
  return { health: status === 'unhealthy' ? 'UNHEALTHY' : 'UNKNOWN' }
}

function bindingsOf(port: string, hosts: readonly z.infer<typeof hostPort>[]): NetworkBinding[] {
  const [containerPort, protocol] = port.split('/')
  // Podman says nothing for every address.
  return hosts.map(({ HostIp, HostPort }) => ({
    bindIP: HostIp || '0.0.0.0',
    containerPort: Number(containerPort),
    hostPort: Number(HostPort),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
  }))
}
