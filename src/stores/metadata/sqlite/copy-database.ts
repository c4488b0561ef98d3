import { open, rename, rm } from 'node:fs/promises'
import { backup, DatabaseSync } from 'node:sqlite'

/** In one go, since SQLite begins again whenever somebody writes between two. */
const allPages = 0x7fffffff

/**
 * Copies a SQLite database as it is at one moment, while others read it and write to it. The copy is on the disk then, and its owner's alone.
 *
 * @param file must be there
 * @param copy replaced if it is there
 * @throws SQLite's error
 */
export async function copyDatabase(file: string, copy: string): Promise<void> {
  await rm(copy, { force: true })
  await removeLogs(copy)
  const created = await open(copy, 'wx', 0o600)
  await created.close()
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    await backup(database, copy, { rate: allPages })
  } finally {
    database.close()
  }
  await using written = await open(copy, 'r+')
  await written.sync()
}

/** Puts a database that nobody has open in the place of another, if there is one. */
export async function replaceDatabase(file: string, next: string): Promise<void> {
  await removeLogs(next)
  await removeLogs(file)
  await rename(next, file)
}

/** Removes what SQLite keeps beside a database that nobody has open; all that is in it is in the database once that was closed, or copied. */
export async function removeLogs(file: string): Promise<void> {
  for (const ending of ['-wal', '-shm']) await rm(`${file}${ending}`, { force: true })
}
