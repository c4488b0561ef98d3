import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'
import { reservedLabel } from './reserved-labels.ts'

/** @see Amazon ECS API reference, Tmpfs, mountOptions */
const tmpfsOptions: ReadonlySet<string> = new Set(
  'defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync mand nomand atime noatime diratime nodiratime relatime norelatime strictatime nostrictatime mode uid gid nr_inodes nr_blocks mpol'.split(
    ' ',
  ),
)

/** Kernel parameters that a container has of its own. @see Amazon ECS API reference, SystemControl */
const ownParameter =
  /^(net\.[\w.-]+|fs\.mqueue\.[\w.-]+|kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))$/

/**
 * Checks what a container asks of Linux and of the engine, as far as nothing else has a say in it.
 *
 * @throws EcsClientError
 * @see Amazon ECS developer guide, "Task definition parameters", Linux parameters, Resource limits, System controls
 */
export function checkLinux(container: ContainerDefinition): void {
  checkTmpfs(container)
  const {
    name,
    ulimits = [],
    systemControls = [],
    linuxParameters: linux = {},
    dockerLabels = {},
  } = container
  if (
    ulimits.some(
      ({ softLimit, hardLimit }) => hardLimit !== -1 && (softLimit === -1 || softLimit > hardLimit),
    )
  ) {
    invalid('ulimits', name, 'A soft limit must not be above its hard limit.')
  }
  for (const { namespace = '' } of systemControls) {
    if (!ownParameter.test(namespace))
      invalid('systemControls', name, `'${namespace}' is not a container's own.`)
  }
  if (linux.swappiness !== undefined && (linux.swappiness < 0 || linux.swappiness > 100)) {
    invalid('linuxParameters.swappiness', name, 'It must be between 0 and 100.')
  }
  if (linux.maxSwap !== undefined && (linux.maxSwap < 0 || container.memory === undefined)) {
    invalid('linuxParameters.maxSwap', name, "It must not be negative, and goes with 'memory'.")
  }
  const label = reservedLabel(dockerLabels)
  if (label !== undefined) invalid('dockerLabels', name, `'${label}' is reserved.`)
}

function checkTmpfs({ name, linuxParameters }: ContainerDefinition): void {
  for (const { containerPath, size, mountOptions = [] } of linuxParameters?.tmpfs ?? []) {
    if (!isAbsolutePath(containerPath) || size < 1)
      invalid('linuxParameters.tmpfs', name, 'It needs a path and a size.')
    const unknown = mountOptions.find(
      (option) => !/^\w+(=[\w:.-]+)?$/.test(option) || !tmpfsOptions.has(option.split('=')[0] ?? ''),
    )
    if (unknown !== undefined) invalid('linuxParameters.tmpfs', name, `Unknown mount option '${unknown}'.`)
  }
}

/** A path from the root, without steps back. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') && !path.includes('\0') && !path.split('/').includes('..')
}

function invalid(setting: string, container: string | undefined, why: string): never {
  throw new EcsClientError(`Invalid '${setting}' setting for container '${container}'. ${why}`)
}
