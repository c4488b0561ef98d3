import { type OwnNames, readOwnImage } from '../core/ecs/image-source.ts'
import type { Deployment } from '../core/ecs/scheduling/deployment.ts'
import { DomainError } from '../core/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import { getManifest } from '../registry/get-manifest.ts'
import type { Registry } from '../registry/registry.ts'

/**
 * What the tags of a deployment's images in Berth's registries point at now, by the containers' names; undefined when one of them
 * isn't there.
 *
 * @see Amazon ECS developer guide, "Container image resolution"
 */
export async function deployedDigests(
  registry: Registry,
  names: OwnNames,
  { content }: Deployment,
): Promise<Deployment['digests']> {
  const digests: Record<string, Digest> = {}
  for (const { name = '', image = '', versionConsistency } of content.containerDefinitions) {
    const own = readOwnImage(image, names)
    if (own?.reference.kind !== 'tag' || versionConsistency === 'disabled') continue
    const digest = await digestOfTag(registry, own)
    if (digest === undefined) return undefined
    digests[name] = digest
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
