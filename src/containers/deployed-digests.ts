import { type OwnNames, readOwnImage } from '../core/ecs/image-source.ts'
import type { Deployment } from '../core/ecs/scheduling/deployment.ts'
import { unpinned } from '../core/ecs/scheduling/pinned-images.ts'
import { DomainError } from '../core/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import { getManifest } from '../registry/get-manifest.ts'
import type { Registry } from '../registry/registry.ts'

/**
 * What the tags of a deployment's images in Berth's registries point at now, by the containers' names, as far as it doesn't know yet and
 * they are there.
 *
 * @see Amazon ECS developer guide, "Container image resolution"
 */
export async function deployedDigests(
  registry: Registry,
  names: OwnNames,
  deployment: Deployment,
): Promise<Readonly<Record<string, Digest>>> {
  const digests: Record<string, Digest> = {}
  for (const { name = '', image = '' } of unpinned(deployment)) {
    const own = readOwnImage(image, names)
    const digest = own && (await digestOfTag(registry, own))
    if (digest !== undefined) digests[name] = digest
  }
  return digests
}

async function digestOfTag(
  registry: Registry,
  { repository, reference }: NonNullable<ReturnType<typeof readOwnImage>>,
): Promise<Digest | undefined> {
  try {
    return (await getManifest(registry, { repository, reference, as: 'look' })).digest
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
