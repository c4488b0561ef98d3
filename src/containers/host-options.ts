import type { ContainerDefinition, LinuxParameters, PortMapping } from '../core/ecs/container-definition.ts'
import type { Task } from '../core/ecs/task.ts'
import { portName } from './container-options.ts'
import type { Owner } from './labels.ts'
import { mountsOf } from './mounts.ts'
import { engineName, pauseName } from './names.ts'

const mebibyte = 1024 * 1024

/** What is kept of a container's output: it is for looking back, and moves on to CloudWatch Logs where a definition says so. */
const keptOutput = { 'max-size': '16m', 'max-file': '2' }

/** How a container sits on the engine's machine. @see Docker Engine API, ContainerCreate, HostConfig */
export function hostOptions(task: Task, definition: ContainerDefinition, owner: Owner): object {
  const { linuxParameters: linux = {}, ulimits = [], volumesFrom = [] } = definition
  return {
    ...networkOf(task, definition),
    ...sharedOf(task),
    ...sizeOf(task, definition),
    ...linuxOf(linux),
    Mounts: mountsOf(task, definition, owner),
    VolumesFrom: volumesFrom.map(
      ({ sourceContainer, readOnly }) => `${siblingName(task, sourceContainer)}${readOnly ? ':ro' : ''}`,
    ),
    Ulimits: ulimits.map(({ name: Name, softLimit: Soft, hardLimit: Hard }) => ({ Name, Soft, Hard })),
    ReadonlyRootfs: definition.readonlyRootFilesystem ?? false,
    Privileged: definition.privileged ?? false,
    SecurityOpt: definition.dockerSecurityOptions ?? [],
    LogConfig: logConfigOf(definition),
  }
}

function networkOf(task: Task, definition: ContainerDefinition): object {
  const { portMappings = [], links = [], extraHosts = [], dnsServers, dnsSearchDomains } = definition
  if (task.networkMode === 'awsvpc') {
    return {
      NetworkMode: `container:${pauseName(task)}`,
      Sysctls: sysctlsOf([definition], (name) => !isOfNetwork(name)),
    }
  }
  return {
    NetworkMode: definition.disableNetworking ? 'none' : task.networkMode,
    ...(task.networkMode === 'bridge' && { PortBindings: portBindings(portMappings) }),
    Links: links.map((link) => {
      const [name, alias = name] = link.split(':')
      return `${siblingName(task, name)}:${alias}`
    }),
    ExtraHosts: hostsFile(extraHosts),
    Dns: dnsServers,
    DnsSearch: dnsSearchDomains,
    Sysctls: sysctlsOf([definition], () => true),
  }
}

/** Names for addresses, as the engine takes them. */
export function hostsFile(hosts: NonNullable<ContainerDefinition['extraHosts']>): string[] {
  return hosts.map(({ hostname, ipAddress }) => `${hostname}:${ipAddress}`)
}

/** Kernel parameters of some containers together, of those that are wanted. */
export function sysctlsOf(
  definitions: readonly ContainerDefinition[],
  isWanted: (name: string) => boolean,
): Record<string, string> {
  const all = definitions.flatMap(({ systemControls = [] }) => systemControls)
  const wanted = all.filter(({ namespace = '' }) => isWanted(namespace))
  return Object.fromEntries(wanted.map(({ namespace = '', value = '' }) => [namespace, value]))
}

/** Whoever has the network has these. */
export function isOfNetwork(name: string): boolean {
  return name.startsWith('net.')
}

/** Another container of the same task. */
function siblingName(task: Task, name = ''): string {
  return engineName(task, { definition: { name, image: '' } })
}

function sharedOf(task: Task): object {
  const pause = `container:${pauseName(task)}`
  return {
    ...(task.pidMode !== undefined && { PidMode: task.pidMode === 'task' ? pause : task.pidMode }),
    ...(task.ipcMode !== undefined && { IpcMode: task.ipcMode === 'task' ? pause : task.ipcMode }),
  }
}

/** A container without a limit of its own has the task's. */
function sizeOf(
  task: Task,
  { cpu = 0, memory, memoryReservation, linuxParameters }: ContainerDefinition,
): object {
  const most = memory ?? (task.memory === undefined ? undefined : Number(task.memory))
  const { maxSwap, swappiness } = linuxParameters ?? {}
  return {
    // Two shares are the least that Linux knows.
    CpuShares: Math.min(Math.max(cpu, 2), 262_144),
    ...(task.cpu !== undefined && { NanoCpus: (Number(task.cpu) * 1_000_000_000) / 1024 }),
    ...(most !== undefined && { Memory: most * mebibyte }),
    ...(memoryReservation !== undefined && { MemoryReservation: memoryReservation * mebibyte }),
    ...(maxSwap !== undefined && most !== undefined && { MemorySwap: (most + maxSwap) * mebibyte }),
    ...(maxSwap !== undefined && swappiness !== undefined && { MemorySwappiness: swappiness }),
  }
}

function linuxOf(linux: LinuxParameters): object {
  const { capabilities = {}, devices = [], tmpfs = [], sharedMemorySize } = linux
  return {
    CapAdd: capabilities.add ?? [],
    CapDrop: capabilities.drop ?? [],
    Devices: devices.map(
      ({ hostPath, containerPath = hostPath, permissions = ['read', 'write', 'mknod'] }) => ({
        PathOnHost: hostPath,
        PathInContainer: containerPath,
        CgroupPermissions: permissions.map((permission) => permission[0]).join(''),
      }),
    ),
    Tmpfs: Object.fromEntries(
      tmpfs.map(({ containerPath, size, mountOptions = [] }) => [
        containerPath,
        [`size=${size}m`, ...mountOptions].join(','),
      ]),
    ),
    ...(linux.initProcessEnabled && { Init: true }),
    ...(sharedMemorySize !== undefined && { ShmSize: sharedMemorySize * mebibyte }),
  }
}

/** Output for CloudWatch Logs is kept by the engine until it is there. */
function logConfigOf({ logConfiguration }: ContainerDefinition): object {
  const options = logConfiguration?.logDriver === 'json-file' ? logConfiguration.options : {}
  return { Type: 'json-file', Config: { ...keptOutput, ...options } }
}

function portBindings(mappings: readonly PortMapping[]): Record<string, { HostPort: string }[]> {
  const bindings: Record<string, { HostPort: string }[]> = {}
  for (const mapping of mappings) {
    const host = { HostPort: mapping.hostPort ? String(mapping.hostPort) : '' }
    bindings[portName(mapping)] = [...(bindings[portName(mapping)] ?? []), host]
  }
  return bindings
}
