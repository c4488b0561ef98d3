/** Where Docker looks for images whose names have no host. */
const hub = 'docker.io'

/** The name of an image, with all that is left out of short ones. */
export interface ImageName {
  /** With its host, such as `docker.io/library/nginx`. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

/**
 * Reads what Docker means by the name of an image.
 *
 * @see distribution/reference, ParseNormalizedNamed
 */
export function readImageName(name: string): ImageName {
  const [tagged = '', digest] = name.split('@')
  const [, path = '', tag] = /^(.*?)(?::([^:/]*))?$/.exec(tagged) ?? []
  return {
    repository: wholeRepository(path),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  }
}

/**
 * The one name of an image that an engine knows it by once it has pulled it: by the digest if there is one, or else by the tag.
 *
 * @example
 * referenceOf('nginx') // 'docker.io/library/nginx:latest'
 */
export function referenceOf(name: string): string {
  const { repository, tag = 'latest', digest } = readImageName(name)
  return digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`
}

function wholeRepository(path: string): string {
  const [first = '', ...rest] = path.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const host = hasHost && first !== 'index.docker.io' ? first : hub
  const within = hasHost ? rest.join('/') : path
  return host === hub && !within.includes('/') ? `${hub}/library/${within}` : `${host}/${within}`
}
