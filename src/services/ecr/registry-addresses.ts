import { registryHostName } from '../../core/names/registry-host.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'

/** Where docker finds a registry. */
export interface RegistryAddresses {
  /** Host name, and port where one is needed: what stands before the first slash of a repository URI. */
  host(registry: RegistryKey): string
}

/**
 * Names every registry by one plain host, or, under a domain, by a host of its own as Amazon ECR does.
 *
 * @param registryHost host name and, unless it is the scheme's own, port: `localhost:4566`
 * @param registryDomain with it, hosts are `<account>.dkr.ecr.<region>.<domain>`, on the port of `registryHost`
 */
export function registryAddresses(options: {
  readonly registryHost: string
  readonly registryDomain?: string | undefined
}): RegistryAddresses {
  const { registryHost, registryDomain } = options
  if (registryDomain === undefined) return { host: () => registryHost }
  const port = /:\d+$/.exec(registryHost)?.[0] ?? ''
  return { host: (registry) => registryHostName(registry, registryDomain) + port }
}

/** ECR's proxyEndpoint: what `docker login` is given. It has the scheme of `endpoint`, a URL of this server. */
export function proxyEndpoint(addresses: RegistryAddresses, registry: RegistryKey, endpoint: string): string {
  return `${new URL(endpoint).protocol}//${addresses.host(registry)}`
}
