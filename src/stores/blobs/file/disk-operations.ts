import { rename, rm } from 'node:fs/promises'
import { syncFolder } from './private-folders.ts'

/** What of an open file is needed here. */
export interface Syncable {
  datasync(): Promise<void>
}

/**
 * All that the blob store does to a disk and a crash may come before or after, but for writing to uploads. One small port, so
 * that a test of crashes can cut in at each of them.
 */
export interface DiskOperations {
  /** Makes a file's bytes survive the loss of power. */
  sync(file: Syncable): Promise<void>
  /** Makes what was created in, renamed into or removed from a folder survive the loss of power. */
  syncFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Removes a file; one that isn't there is a success. */
  remove(path: string): Promise<void>
}

/** The operating system's own. */
export const systemOperations: DiskOperations = {
  sync: (file) => file.datasync(),
  syncFolder,
  rename,
  remove: (path) => rm(path, { force: true }),
}
