import { isRepositoryName, type RepositoryName } from '../names/repository-name.ts'
import { prefixPath, prefixPathsOf, rootPrefix } from '../names/repository-prefix.ts'
import type { UpstreamKind } from './upstream-kind.ts'

/** Says that the repositories under a prefix are copies of those of another registry. */
export interface CacheRule {
  /** As it was given: `docker-hub`, `docker-hub/` or `ROOT`. */
  readonly prefix: string
  /** As it was given: a host, perhaps with a port. */
  readonly upstreamUrl: string
  /** Undefined for a registry that ECR doesn't know. */
  readonly upstreamKind: UpstreamKind | undefined
  /** What stands before the rest of the name at the upstream: a prefix or `ROOT`, which is also meant where nothing was given. */
  readonly upstreamPrefix?: string | undefined
  readonly credentialArn?: string | undefined
  readonly customRoleArn?: string | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The rule for a repository: the one with the longest prefix of its name. */
export function chooseRule(rules: readonly CacheRule[], name: RepositoryName): CacheRule | undefined {
  if (rules.length === 0) return undefined
  const byPath = new Map(rules.map((rule) => [prefixPath(rule.prefix), rule]))
  const path = prefixPathsOf(name).find((each) => byPath.has(each))
  return path === undefined ? undefined : byPath.get(path)
}

/**
 * What a repository is called at the upstream; undefined where that is no repository's name.
 *
 * @see Amazon ECR user guide, "Customizing repository prefixes for ECR to ECR pull through cache"
 * @example
 * upstreamRepository({ prefix: 'my-app', upstreamPrefix: 'upstream-app' }, 'my-app/image') // 'upstream-app/image'
 */
export function upstreamRepository(
  { prefix, upstreamPrefix = rootPrefix }: Pick<CacheRule, 'prefix' | 'upstreamPrefix'>,
  name: RepositoryName,
): RepositoryName | undefined {
  const [path, upstreamPath] = [prefixPath(prefix), prefixPath(upstreamPrefix)]
  const rest = path === '' ? name : name.slice(path.length + 1)
  const upstream = upstreamPath === '' ? rest : `${upstreamPath}/${rest}`
  return isRepositoryName(upstream) ? upstream : undefined
}
