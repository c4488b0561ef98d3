import { CliError } from './cli-error.ts'

/** What a user means by `team/app`, `team/app:v1` or `team/app@sha256:...`. */
export interface ImageReference {
  readonly repositoryName: string
  readonly tag?: string | undefined
  readonly digest?: string | undefined
}

/** The registry's host, as in a name that was copied from `docker`: with a port, of AWS's shape, or localhost. */
const registryHost = /^(localhost|[^/]+:\d+|\d{12}\.dkr\.ecr\.[^/]+)\//
const reference = /^(?<repositoryName>[^:@]+)(:(?<tag>[^:@/]+))?(@(?<digest>[^@]+))?$/

/** @throws CliError unless the text names a repository, and perhaps a tag or a digest */
export function parseImageReference(text: string): ImageReference {
  const { repositoryName, tag, digest } = reference.exec(text.replace(registryHost, ''))?.groups ?? {}
  if (repositoryName !== undefined) return { repositoryName, tag, digest }
  throw new CliError(
    `This names no repository: ${text}`,
    'A name is like team/app, team/app:v1 or team/app@sha256:...',
  )
}
