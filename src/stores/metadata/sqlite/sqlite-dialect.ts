import { sql } from 'kysely'
import type { ErrorMeaning, SqlDialect } from '../sql/sql-dialect.ts'
import { primaryCode, sqliteCodeOf } from './sqlite-error.ts'

export const sqliteDialect: SqlDialect = {
  columns: {
    identity: sql`integer primary key autoincrement`,
    integer: sql`integer`,
    text: sql`text`,
    bytes: sql`blob`,
    table: sql`strict`,
    keyTable: sql`strict, without rowid`,
  },
  textsOfJson: sql`json_each`,
  locksRows: false,
  meaningOf,
}

const SQLITE_FULL = 13
/** The memory-mapped index of the write-ahead log couldn't grow: the disk is full there. */
const SQLITE_IOERR_SHMSIZE = 4874

/** One process and one writer: no transaction ever gets in another's way. */
function meaningOf(error: unknown): ErrorMeaning {
  const code = sqliteCodeOf(error)
  if (code === undefined) return 'other'
  return primaryCode(code) === SQLITE_FULL || code === SQLITE_IOERR_SHMSIZE ? 'full' : 'other'
}
