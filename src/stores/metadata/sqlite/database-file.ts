import { basename, dirname, join } from 'node:path'
import { lockDataFolder } from '../../data-folder-lock.ts'

/** Where a data folder has its database. */
export function databaseFile(dataDir: string): string {
  return join(dataDir, 'metadata.db')
}

/**
 * Takes a database, whose folder must be there, for this process until disposed.
 *
 * @throws DataFolderInUseError when another process has it, DataFolderClosedError when this one may not
 */
export function lockDatabase(file: string): Disposable {
  return lockDataFolder(dirname(file), `${basename(file)}.lock`)
}
