import type { Upload } from '../core/images/upload.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { findRepository } from './find-repository.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/** Begins an empty upload into a repository. @throws RepositoryNotFoundError, StorageFullError */
export async function startUpload(registry: Registry, key: RepositoryKey): Promise<Upload> {
  await findRepository(registry, key)
  const id = registry.newId()
  await registry.blobs.uploads.start(id)
  try {
    return await registry.metadata.write(async (tx) => {
      const repository = await lockRepository(tx, key)
      const upload: Upload = { id, repositoryId: repository.id, startedAt: registry.now(), parts: 0 }
      await tx.uploads.add(upload)
      return upload
    })
  } catch (error) {
    await registry.blobs.uploads.cancel(id)
    throw error
  }
}
