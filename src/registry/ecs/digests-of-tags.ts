import { type OwnImage, type OwnNames, readOwnImage } from '../../core/ecs/image-source.ts'
import type { Deployment } from '../../core/ecs/scheduling/deployment.ts'
import { unpinned } from '../../core/ecs/scheduling/pinned-images.ts'
import { DomainError } from '../../core/errors.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { getManifest } from '../get-manifest.ts'
import type { Registry } from '../registry.ts'

/** The digests of images by the names of the containers that run them, for tasks of that account and region. */
export type FindDigests = (
  of: RegistryKey,
  what: Pick<Deployment, 'content' | 'digests'>,
) => Promise<Readonly<Record<string, Digest>>>

/**
 * What the tags of images in Berth's registries point at now, by the containers' names, as far as it isn't known yet and they are there.
 *
 * @see Amazon ECS developer guide, "Container image resolution"
 */
export async function digestsOfTags(
  registry: Registry,
  names: OwnNames,
  what: Pick<Deployment, 'content' | 'digests'>,
): Promise<Readonly<Record<string, Digest>>> {
  const found: (readonly [string, Digest])[] = []
  for (const { name = '', image = '' } of unpinned(what)) {
    const own = readOwnImage(image, names)
    const digest = own && (await digestOfTag(registry, own))
    if (digest !== undefined) found.push([name, digest])
  }
  // Keeps a container of any name, `__proto__` too.
  return Object.fromEntries(found)
}

async function digestOfTag(
  registry: Registry,
  { repository, reference }: OwnImage,
): Promise<Digest | undefined> {
  try {
    return (await getManifest(registry, { repository, reference, as: 'look' })).digest
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
