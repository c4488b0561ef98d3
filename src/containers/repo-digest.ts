/** Where Docker looks for images whose names have no host. */
const hub = 'docker.io'

/**
 * The digest that an image has in the repository of a name, of those in all repositories that the engine knows it from.
 *
 * @param repoDigests such as `registry.example.com/app@sha256:...`
 * @example
 * repoDigest('app:v1', ['other/app@sha256:1...', 'app@sha256:2...']) // 'sha256:2...'
 */
export function repoDigest(name: string, repoDigests: readonly string[]): string | undefined {
  const [wanted] = splitName(name)
  return repoDigests.map(splitName).find(([repository]) => repository === wanted)?.[1]
}

/** The repository in full, and the digest if the name has one. @see distribution/reference, ParseNormalizedNamed */
function splitName(name: string): readonly [repository: string, digest: string | undefined] {
  const [tagged = '', digest] = name.split('@')
  const repository = tagged.replace(/:[^/:]*$/, '')
  const [first = '', ...rest] = repository.split('/')
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const host = hasHost && first !== 'index.docker.io' ? first : hub
  const path = hasHost ? rest.join('/') : repository
  return [host === hub && !path.includes('/') ? `${hub}/library/${path}` : `${host}/${path}`, digest]
}
