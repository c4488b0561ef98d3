import type { RawBuilder } from 'kysely'

/** How a column type is spelled on one database. */
export interface ColumnTypes {
  /** A primary key that the database counts up and never gives twice. */
  readonly identity: RawBuilder<unknown>
  /** 64 bits; read back as a number. */
  readonly integer: RawBuilder<unknown>
  /** Compared byte by byte, whatever the database's own language. */
  readonly text: RawBuilder<unknown>
  readonly bytes: RawBuilder<unknown>
  /** Written after the columns of a table whose rows are large. */
  readonly table: RawBuilder<unknown>
  /** Written after the columns of a table that is little more than its key. */
  readonly keyTable: RawBuilder<unknown>
}

/** `again`: the same transaction may well succeed now. `full`: no space left to write to. */
export type ErrorMeaning = 'again' | 'full' | 'other'

/** Everything in which the two databases differ; all queries are written once. */
export interface SqlDialect {
  readonly columns: ColumnTypes
  /** The function that makes a JSON array of texts a table with the column `value`. */
  readonly textsOfJson: RawBuilder<unknown>
  /** Whether a row is held by `for update`; SQLite's one writer holds everything anyway. */
  readonly locksRows: boolean
  /** Run before migrating: keeps processes that start together from migrating together. */
  readonly migrationLock?: RawBuilder<unknown>
  /** Run before a commit: fails where the commit would silently keep nothing. */
  readonly beforeCommit?: RawBuilder<unknown>
  meaningOf(error: unknown): ErrorMeaning
}
