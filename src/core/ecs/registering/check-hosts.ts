import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'
import type { NetworkMode } from '../task-definition.ts'

const hostName = /^[a-z\d]([a-z\d_.-]{0,251}[a-z\d])?$/i

/**
 * Checks by which names a container finds others.
 *
 * @throws EcsClientError
 * @see Amazon ECS developer guide, "Task definition parameters", Network settings
 */
export function checkHosts(container: ContainerDefinition, mode: NetworkMode | undefined): void {
  const { name, links = [], hostname, extraHosts = [], dnsServers = [], dnsSearchDomains = [] } = container
  if (mode !== 'bridge' && links.length > 0) {
    throw new EcsClientError(`Links are not supported when networkMode=${mode}.`)
  }
  if (mode === 'awsvpc' && hostname !== undefined) {
    throw new EcsClientError('Hostname is not supported when networkMode=awsvpc.')
  }
  if (mode === 'awsvpc' && dnsServers.length + dnsSearchDomains.length > 0) {
    throw new EcsClientError('DNS servers and search domains are not supported when networkMode=awsvpc.')
  }
  const isWrong =
    (hostname !== undefined && !hostName.test(hostname)) ||
    links.some((link) => !/^[\w-]+(:[\w-]+)?$/.test(link)) ||
    extraHosts.some((host) => !hostName.test(host.hostname) || !isAddress(host.ipAddress)) ||
    dnsServers.some((address) => !isAddress(address)) ||
    dnsSearchDomains.some((domain) => !hostName.test(domain))
  if (isWrong) throw new EcsClientError(`Invalid network settings for container '${name}'.`)
}

/** An IP address, as far as it could be anything else to whoever reads it. */
function isAddress(text: string): boolean {
  const parts = text.split('.')
  if (parts.length === 4) return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  return text.includes(':') && /^[\da-f:.]{2,45}$/i.test(text)
}
