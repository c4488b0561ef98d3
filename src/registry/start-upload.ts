import type { Upload } from '../core/images/upload.ts'
import { TooManyUploadsError } from '../core/images/upload-errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { findRepository } from './find-repository.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Begins an empty upload into a repository. `startedBy` is the ARN of who holds it open. Processes that share a database may let
 * a principal have a few more than the quota when they start uploads at the same moment.
 *
 * @throws RepositoryNotFoundError, TooManyUploadsError, StorageFullError
 */
export async function startUpload(
  registry: Registry,
  key: RepositoryKey,
  startedBy?: string,
): Promise<Upload> {
  await findRepository(registry, key)
  const id = registry.newId()
  await registry.blobs.uploads.start(id)
  try {
    return await registry.metadata.write(async (tx) => {
      const repository = await lockRepository(tx, key)
      await checkQuota(tx, registry, startedBy)
      const upload: Upload = {
        id,
        repositoryId: repository.id,
        startedAt: registry.now(),
        ...(startedBy !== undefined && { startedBy }),
        parts: 0,
      }
      await tx.uploads.add(upload)
      return upload
    })
  } catch (error) {
    await registry.blobs.uploads.cancel(id)
    throw error
  }
}

async function checkQuota(
  tx: MetadataTransaction,
  { quotas }: Registry,
  startedBy: string | undefined,
): Promise<void> {
  if (startedBy === undefined) return
  if ((await tx.uploads.countOf(startedBy)) >= quotas.openUploads)
    throw new TooManyUploadsError(quotas.openUploads)
}
