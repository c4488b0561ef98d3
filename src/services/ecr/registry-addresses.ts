import { registryHostName } from '../../core/names/registry-host.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'

/** Where docker finds a registry. */
export interface RegistryAddresses {
  /** Whether the hosts speak TLS for sure, by whatever way a client has come. */
  readonly secure: boolean
  /** Host name, and port where one is needed: what stands before the first slash of a repository URI. */
  host(registry: RegistryKey): string
}

/**
 * Names every registry by one plain host, or, under a domain, by a host of its own as Amazon ECR does.
 *
 * @param registryHost host name and, unless it is the scheme's own, port: `localhost:4566`
 * @param secure whether Berth itself speaks TLS there
 * @param registryDomain with it, hosts are `<account>.dkr.ecr.<region>.<domain>`, on the port of `registryHost`
 */
export function registryAddresses(options: {
  readonly registryHost: string
  readonly secure?: boolean
  readonly registryDomain?: string | undefined
}): RegistryAddresses {
  const { registryHost, registryDomain, secure = false } = options
  if (registryDomain === undefined) return { secure, host: () => registryHost }
  const port = /:\d+$/.exec(registryHost)?.[0] ?? ''
  return { secure, host: (registry) => registryHostName(registry, registryDomain) + port }
}

/**
 * ECR's proxyEndpoint: what `docker login` is given. Unless the hosts are known to speak TLS it has the scheme of `endpoint`, the URL
 * of this server that the client used, perhaps a proxy's.
 */
export function proxyEndpoint(addresses: RegistryAddresses, registry: RegistryKey, endpoint: string): string {
  const scheme = addresses.secure ? 'https:' : new URL(endpoint).protocol
  return `${scheme}//${addresses.host(registry)}`
}
