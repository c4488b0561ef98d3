import { type FileHandle, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DiskOperations } from './disk-operations.ts'
import { isNotFound } from './file-errors.ts'
import { holdsSame } from './holds-same.ts'
import { makePrivateFolder } from './private-folders.ts'

/**
 * Moves a finished upload to its place among the blobs, durably. Where the same bytes are already, the upload stays where it is;
 * whoever put them there may not have been told yet that they are durable, so that is seen to here too. What is there and differs
 * was damaged: it gives way.
 *
 * @param upload.file its bytes, open
 * @param upload.sync makes the bytes themselves durable
 */
export async function publishBlob(upload: {
  readonly path: string
  readonly file: FileHandle
  readonly size: number
  readonly target: string
  readonly sync: () => Promise<void>
  readonly operations: DiskOperations
}): Promise<void> {
  const { path, file, size, target, operations } = upload
  if (!(await isCopy(target, file, size))) {
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

async function isCopy(target: string, file: FileHandle, size: number): Promise<boolean> {
  return (await sizeOfFile(target)) === size && (await holdsSame(target, file))
}

async function renameInto(operations: DiskOperations, path: string, target: string): Promise<void> {
  await makePrivateFolder(dirname(target), operations.syncFolder)
  await operations.rename(path, target)
}
