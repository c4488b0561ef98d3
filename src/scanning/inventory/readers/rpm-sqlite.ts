import { DatabaseSync } from 'node:sqlite'
import { brokenDatabase } from './rpm-header.ts'

/**
 * The headers in a database of SQLite. Whatever else its author put in there, no code of it runs but functions that are harmless.
 *
 * @throws UnreadableLayerError
 */
export function* readSqlite(file: string): Generator<Uint8Array> {
  try {
    using database = new DatabaseSync(file, { readOnly: true, allowExtension: false, defensive: true })
    database.exec('pragma trusted_schema = off; pragma cell_size_check = on; pragma mmap_size = 0')
    const isTable = database.prepare("select 1 from sqlite_schema where name = 'Packages' and type = 'table'")
    if (isTable.get() === undefined) throw brokenDatabase()
    for (const { blob } of database.prepare('select blob from Packages').iterate()) {
      if (!(blob instanceof Uint8Array)) throw brokenDatabase()
      yield blob
    }
  } catch {
    throw brokenDatabase()
  }
}
