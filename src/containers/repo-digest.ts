import { readImageName } from '../core/ecs/images/image-name.ts'

/**
 * The digest that an image has in the repository of a name, of those in all repositories that the engine knows it from.
 *
 * @param repoDigests such as `registry.example.com/app@sha256:...`
 * @example
 * repoDigest('app:v1', ['other/app@sha256:1...', 'app@sha256:2...']) // 'sha256:2...'
 */
export function repoDigest(name: string, repoDigests: readonly string[]): string | undefined {
  const { repository } = readImageName(name)
  return repoDigests.map(readImageName).find((one) => one.repository === repository)?.digest
}
