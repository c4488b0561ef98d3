import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DiskOperations } from './disk-operations.ts'
import { isNotFound } from './file-errors.ts'
import { makePrivateFolder } from './private-folders.ts'

/**
 * Moves a finished upload to its place among the blobs, durably. Where the blob is already, byte for byte by its name,
 * the upload stays where it is; whoever put the blob there may not have been told yet that it is durable, so that is seen to
 * here too.
 *
 * @param upload.sync makes the bytes themselves durable
 */
export async function publishBlob(upload: {
  readonly path: string
  readonly size: number
  readonly target: string
  readonly sync: () => Promise<void>
  readonly operations: DiskOperations
}): Promise<void> {
  const { path, size, target, operations } = upload
  if ((await sizeOfFile(target)) !== size) {
    await upload.sync()
    await renameInto(operations, path, target)
  }
  const folder = dirname(target)
  await Promise.all([folder, dirname(folder), dirname(path)].map(operations.syncFolder))
}

/** A file's length, or undefined when there is no such file. */
export async function sizeOfFile(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

async function renameInto(operations: DiskOperations, path: string, target: string): Promise<void> {
  await makePrivateFolder(dirname(target), operations.syncFolder)
  await operations.rename(path, target)
}
