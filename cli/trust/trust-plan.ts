import { isIP } from 'node:net'
import type { Config } from '../../src/config/config.ts'
import { isLoopback } from '../../src/config/host-names.ts'
import { tlsPlace, tlsPortSuffix } from '../../src/config/listening.ts'
import { awsHostNames } from '../../src/core/names/aws-host.ts'
import { registryHostName } from '../../src/core/names/registry-host.ts'
import type { RegistryKey } from '../../src/core/names/registry-key.ts'

/** What a machine has to know so that its clients find Berth by name and believe that it is Berth. */
export interface TrustPlan {
  /** IP address where Berth listens, as this machine reaches it. */
  readonly address: string
  /** Host names that mean that address. */
  readonly names: readonly string[]
  /** Hosts, with their port where one is needed, that images are named by. */
  readonly registryHosts: readonly string[]
  /** The CA to believe, PEM. */
  readonly cert: string
}

/** The plan for a Berth of this configuration, with a name for each of these registries. */
export function planTrust(
  config: Config,
  {
    registries,
    cert,
    address,
  }: {
    readonly registries: readonly RegistryKey[]
    readonly cert: string
    readonly address?: string | undefined
  },
): TrustPlan {
  const { registryDomain: domain, registryHost } = config
  const suffix = tlsPortSuffix(tlsPlace(config)?.port ?? 443)
  const hostPort = registryHost === undefined ? suffix : (/:\d+$/.exec(registryHost)?.[0] ?? '')
  const awsNames = domain === undefined ? [] : registries.flatMap((key) => awsHostNames(key, domain))
  const dockerNames = domain === undefined ? [] : registries.map((key) => registryHostName(key, domain))
  const own = registryHost === undefined ? [] : [registryHost]
  return {
    address: address ?? addressOf(config),
    names: unique([...awsNames, ...own.map(withoutPort).filter((name) => !isIP(name) && !isLoopback(name))]),
    registryHosts: unique([...dockerNames.map((name) => name + hostPort), ...own]),
    cert,
  }
}

/** Lines for a hosts file, a name each. */
export function hostsLines({ address, names }: TrustPlan): readonly string[] {
  return names.map((name) => `${address} ${name}`)
}

function addressOf({ host }: Config): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  return isIP(host) && !isEverywhere ? host : '127.0.0.1'
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
