import { rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isNotFound } from './file-errors.ts'
import { makePrivateFolder, syncFolder } from './private-folders.ts'

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
}): Promise<void> {
  const { path, size, target } = upload
  if ((await sizeOfFile(target)) !== size) {
    await upload.sync()
    await renameInto(path, target)
  }
  const folder = dirname(target)
  await Promise.all([folder, dirname(folder), dirname(path)].map(syncFolder))
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

async function renameInto(path: string, target: string): Promise<void> {
  await makePrivateFolder(dirname(target))
  await rename(path, target)
}
