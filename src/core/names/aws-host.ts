import { isAccountId } from './account-id.ts'
import { isRegion, type Region } from './region.ts'
import { registryHostName } from './registry-host.ts'
import type { RegistryKey } from './registry-key.ts'

/** Services whose API has a host in each region: ECR's today, ECR's of older command lines, and the one that says who is calling. */
const apis = ['api.ecr', 'ecr', 'sts'] as const

/**
 * The hosts by which AWS's clients find one registry and its APIs, the registry first.
 *
 * @see AWS General Reference, "Amazon ECR endpoints and quotas", "AWS STS endpoints and quotas"
 */
export function awsHostNames(registry: RegistryKey, domain: string): readonly string[] {
  const regional = apis.map((api) => `${api}.${registry.region}.${domain}`)
  return [registryHostName(registry, domain), ...regional, globalStsHost(domain)]
}

/** The one host of AWS without a region that Berth serves. */
export function globalStsHost(domain: string): string {
  return `sts.${domain}`
}

/** What a certificate for a region names: every account's registry there by one wildcard, as AWS's own does, and the APIs. */
export function certifiedNames(region: Region, domain: string): readonly [string, ...string[]] {
  return [`*.dkr.ecr.${region}.${domain}`, ...apis.map((api) => `${api}.${region}.${domain}`)]
}

/**
 * The region of a host that a certificate of `certifiedNames` covers, or undefined for any other name. Upper and lower case are the
 * same.
 *
 * @example
 * readAwsRegion('api.ecr.eu-west-2.amazonaws.com', 'amazonaws.com') // 'eu-west-2'
 */
export function readAwsRegion(host: string, domain: string): Region | undefined {
  const name = host.toLowerCase()
  const suffix = `.${domain.toLowerCase()}`
  if (!name.endsWith(suffix)) return undefined
  const labels = name.slice(0, -suffix.length).split('.')
  const region = labels.pop() ?? ''
  return isServed(labels) && isRegionLabel(region) ? region : undefined
}

function isServed([first = '', ...rest]: readonly string[]): boolean {
  if (isAccountId(first)) return rest.join('.') === 'dkr.ecr'
  return apis.some((api) => api === [first, ...rest].join('.'))
}

/** A region whose name can stand in DNS (RFC 1123, section 2.1). */
function isRegionLabel(text: string): text is Region {
  return isRegion(text) && !text.startsWith('-') && !text.endsWith('-')
}
