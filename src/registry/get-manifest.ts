import type { DomainError } from '../core/errors.ts'
import { ImageInaccessibleError, ImageNotFoundError } from '../core/images/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Reference } from '../core/names/reference.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import { findRepository } from './find-repository.ts'
import { requireOpenGate } from './findings/require-open-gate.ts'
import { loadManifest } from './load-manifest.ts'
import type { Registry } from './registry.ts'

export interface StoredManifest {
  readonly digest: Digest
  readonly mediaType: string
  /** The manifest's exact bytes; shared with the cache, so never written to. */
  readonly content: Uint8Array
}

export interface ManifestRequest {
  readonly repository: RepositoryKey
  readonly reference: Reference
  readonly as: 'pull' | 'look'
  /** The ARN of the principal who pulls. */
  readonly by?: string | undefined
}

/**
 * A manifest by tag or digest. Which image a tag is on is asked of the store each time; the bytes of a digest never
 * change and come from a cache. A `pull` counts for lastRecordedPullTime unless whoever it is by is excluded, a `look` (HEAD) doesn't.
 *
 * @throws RepositoryNotFoundError, ImageNotFoundError
 * @throws ImageInaccessibleError for one that is archived
 * @throws PullRefusedByGateError for a `pull` of one that the repository's gate stops
 */
export async function getManifest(registry: Registry, wanted: ManifestRequest): Promise<StoredManifest> {
  const { repository: key, reference, as, by } = wanted
  const repository = registry.repositories.get(key) ?? (await findRepository(registry, key))
  const { id } = repository
  const manifest =
    reference.kind === 'tag'
      ? await loadTagged(registry, id, reference.tag)
      : await loadManifest(registry, id, reference.digest)
  if (manifest === undefined) throw await refusal(registry, key, id, reference)
  const gate = as === 'pull' ? requireOpenGate(registry, repository, manifest.digest, by) : undefined
  if (gate !== undefined) await gate
  const leavesTrace = as === 'pull' && !(by !== undefined && (await registry.pullExclusions.has(key, by)))
  if (leavesTrace) registry.pulls.record(repository, manifest.digest, registry.now())
  return manifest
}

async function refusal(
  { metadata }: Registry,
  repository: RepositoryKey,
  id: number,
  reference: Reference,
): Promise<DomainError> {
  const digest = reference.kind === 'digest' ? reference.digest : await metadata.tags.find(id, reference.tag)
  const image = digest && (await metadata.images.find(id, digest))
  return image === undefined || image.storage === 'ACTIVE'
    ? new ImageNotFoundError(repository, reference)
    : new ImageInaccessibleError(repository, image.digest, image.storage)
}

/** Looks again when the image went between two reads: the tag may be on another by then. */
async function loadTagged(
  registry: Registry,
  repositoryId: number,
  tag: Tag,
): Promise<StoredManifest | undefined> {
  const { tags } = registry.metadata
  let digest = await tags.find(repositoryId, tag)
  while (digest !== undefined) {
    const manifest =
      registry.manifests.get(repositoryId, digest) ?? (await loadManifest(registry, repositoryId, digest))
    if (manifest !== undefined) return manifest
    const before = digest
    digest = await tags.find(repositoryId, tag)
    if (digest === before) return undefined
  }
  return undefined
}
