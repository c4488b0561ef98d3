import type { ImageFailure, ImageIdentifier } from '@aws-sdk/client-ecr'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { findSource } from '../../registry/pull-through/find-source.ts'
import type { ImportConsent } from '../../registry/pull-through/import-consent.ts'
import { pullManifest } from '../../registry/pull-through/pull-manifest.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import { imageFailure } from './image-failures.ts'
import { readImageId } from './image-ids.ts'

/**
 * Has the images that a batch asks for brought from the upstream of their repository, if it has one. Those that can't be had become
 * failures; resolves to the others.
 *
 * @throws RepositoryNotFoundError for a caller who may not have it made
 */
export async function bringImages(
  registry: Registry,
  repository: RepositoryKey,
  imageIds: readonly Checked<ImageIdentifier>[],
  { consent, failures }: { readonly consent: ImportConsent; readonly failures: ImageFailure[] },
): Promise<readonly Checked<ImageIdentifier>[]> {
  if ((await findSource(registry, repository)) === undefined) return imageIds
  const brought: Checked<ImageIdentifier>[] = []
  for (const imageId of imageIds) {
    try {
      const { digest, tag } = readImageId(imageId, repository)
      if (tag)
        await pullManifest(registry, { repository, reference: { kind: 'tag', tag }, as: 'look' }, consent)
      else if (digest)
        await pullManifest(
          registry,
          { repository, reference: { kind: 'digest', digest }, as: 'look' },
          consent,
        )
      brought.push(imageId)
    } catch (error) {
      failures.push(imageFailure(imageId, error))
    }
  }
  return brought
}
