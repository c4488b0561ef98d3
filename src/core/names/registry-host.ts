import { isAccountId } from './account-id.ts'
import { isRegion } from './region.ts'
import type { RegistryKey } from './registry-key.ts'

/**
 * The host name a registry has under a domain of its own: `<account>.dkr.ecr.<region>.<domain>`.
 *
 * @see Amazon ECR user guide, "Amazon ECR private registry", the registry URL
 */
export function registryHostName({ account, region }: RegistryKey, domain: string): string {
  return `${account}.dkr.ecr.${region}.${domain}`
}

/**
 * The registry that a `Host` header names, or undefined when it names none under this domain. Upper and lower case are the same,
 * and a port is passed over.
 *
 * @example
 * readRegistryHost('111122223333.dkr.ecr.eu-west-2.registry.example:4566', 'registry.example')
 * // { account: '111122223333', region: 'eu-west-2' }
 */
export function readRegistryHost(host: string, domain: string): RegistryKey | undefined {
  const name = host.toLowerCase().replace(/:\d*$/, '')
  const suffix = `.${domain.toLowerCase()}`
  if (!name.endsWith(suffix)) return undefined
  const [account = '', dkr, ecr, region = '', ...rest] = name.slice(0, -suffix.length).split('.')
  if (dkr !== 'dkr' || ecr !== 'ecr' || rest.length > 0) return undefined
  return isAccountId(account) && isRegion(region) ? { account, region } : undefined
}
