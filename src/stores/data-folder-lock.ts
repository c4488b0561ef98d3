import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another Berth runs on the data folder. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError'
  constructor(folder: string, options: ErrorOptions) {
    super(`Another Berth is running on the data folder ${folder}`, options)
  }
}

/** The operating system doesn't let this process use the data folder, or what is in it. */
export class DataFolderClosedError extends Error {
  override readonly name = 'DataFolderClosedError'
  constructor(folder: string, options: { readonly cause: unknown }) {
    const { cause } = options
    super(
      `The data folder ${folder} can't be used: ${cause instanceof Error ? cause.message : cause}`,
      options,
    )
  }
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const busy = 5
/** Milliseconds to wait for someone who only looks. */
const patience = 500

/** The lock of the folder as a whole; a store that must not be opened twice has one of its own beside it. */
const wholeFolder = 'lock'

/**
 * Takes an existing data folder, or what `name` stands for in it, for this process until disposed. The lock is the
 * operating system's, on an empty SQLite database, so it goes with the process however that ends: nothing stale can be
 * left behind.
 *
 * @throws DataFolderInUseError when another process has it, DataFolderClosedError when this one may not
 */
export function lockDataFolder(folder: string, name = wholeFolder): Disposable {
  const database = open(folder, name)
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw isBusy(error) ? new DataFolderInUseError(folder, { cause: error }) : error
  }
  return { [Symbol.dispose]: () => database.close() }
}

function open(folder: string, name: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, name), { timeout: patience })
  } catch (cause) {
    throw new DataFolderClosedError(folder, { cause })
  }
}

/** Whether a Berth runs on the folder now. */
export function isDataFolderInUse(folder: string): boolean {
  const file = join(folder, wholeFolder)
  if (!existsSync(file)) return false
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    database.exec('SELECT count(*) FROM sqlite_schema')
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    database.close()
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busy
}
