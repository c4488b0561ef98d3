import type { RepositoryName } from './repository-name.ts'

/** The prefix that stands for every repository that no other prefix is for. */
export const rootPrefix = 'ROOT'

/**
 * What is compared of a prefix: a path without the slash that ECR implies behind it, or the empty path for `ROOT`. So `prod` and
 * `prod/` are one prefix, and neither is `production`'s.
 *
 * @see Amazon ECR user guide, "Creating a repository creation template", Prefix
 */
export function prefixPath(prefix: string): string {
  if (prefix === rootPrefix) return ''
  return prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
}

/**
 * Every path that is a prefix of this repository's name, the longest first, and `ROOT`'s at the end.
 *
 * @example
 * prefixPathsOf('prod/team/app') // ['prod/team', 'prod', '']
 */
export function prefixPathsOf(name: RepositoryName): readonly string[] {
  const parts = name.split('/')
  return parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}
