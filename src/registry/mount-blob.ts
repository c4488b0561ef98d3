import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { registryRules } from './find-resource-rules.ts'
import { BlobVanishedError, linkBlob } from './link-blob.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

interface Mount {
  readonly repository: RepositoryKey
  readonly from: RepositoryKey
  readonly digest: Digest
}

/**
 * Gives `repository` a blob that `from` has, without moving a byte; undefined when `from` doesn't exist or lacks it, and
 * when the store has lost its bytes, or some of them: then the push brings it again, which heals it. The caller has checked the right to read `from`.
 * Gives `repository` a blob that `from` has, without moving a byte; undefined when `from` doesn't exist or lacks it, or
 * when the registry's settings forbid it.
 * The caller has checked the right to read `from`.
 *
 * @throws RepositoryNotFoundError for `repository`
 * @see distribution spec, "Mounting a blob from another repository"
 */
export async function mountBlob(registry: Registry, mount: Mount): Promise<Blob | undefined> {
  const { settings } = await registryRules(registry, mount.repository)
  if (settings.BLOB_MOUNTING === 'DISABLED') return undefined
  try {
    return await linkFromSource(registry, mount)
  } catch (error) {
    if (error instanceof BlobVanishedError) return undefined
    throw error
  }
}

function linkFromSource(registry: Registry, { repository, from, digest }: Mount): Promise<Blob | undefined> {
  return registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, repository)
    const source = await tx.repositories.find(from)
    const blob = source && (await tx.blobLinks.find(source.id, digest))
    if (blob === undefined || (await registry.blobs.size(digest)) !== blob.size) return undefined
    await linkBlob(tx, registry, id, blob)
    return blob
  })
}
