import { type Reference, readReference } from '../names/reference.ts'
import { readRegistryHost } from '../names/registry-host.ts'
import type { RegistryKey, RepositoryKey } from '../names/registry-key.ts'
import { isRepositoryName } from '../names/repository-name.ts'

/** An image of a registry that Berth holds. */
export interface OwnImage {
  readonly repository: RepositoryKey
  readonly reference: Reference
}

/** By which names Berth's registries are known to task definitions. */
export interface OwnNames {
  /** The account and region of the task: whose registry it is where a host names none. */
  readonly registry: RegistryKey
  /** With their ports, such as `localhost:4566`. */
  readonly hosts: readonly string[]
  /** Domains whose hosts are `<account>.dkr.ecr.<region>.<domain>`. */
  readonly domains: readonly string[]
}

/**
 * The image of this Berth that a task definition names, or undefined for one from elsewhere.
 *
 * @example
 * readOwnImage('111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:v1', names)
 */
export function readOwnImage(image: string, { registry, hosts, domains }: OwnNames): OwnImage | undefined {
  const slash = image.indexOf('/')
  const host = image.slice(0, Math.max(slash, 0))
  const named = domains.map((domain) => readRegistryHost(host, domain)).find((key) => key !== undefined)
  const key = named ?? (hosts.includes(host) ? registry : undefined)
  const [, name = '', tag = 'latest', digest] =
    /^([^:@]+)(?::([^:@]+))?(?:@(.+))?$/.exec(image.slice(slash + 1)) ?? []
  const reference = readReference(digest ?? tag)
  if (key === undefined || reference === undefined || !isRepositoryName(name)) return undefined
  return { repository: { ...key, name }, reference }
}
