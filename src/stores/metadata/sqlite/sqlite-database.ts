import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { LRUCache } from 'lru-cache'

export interface SqliteResult<Row> {
  readonly rows: Row[]
  /** Rows written by a statement that returns none. */
  readonly changes?: number
}

interface Prepared {
  readonly statement: StatementSync
  /** The names of its columns; none when it returns no rows. */
  readonly columns: readonly string[]
}

/** The queries that exist, with room for lists of different lengths; each takes some kilobytes. */
const statementsKept = 200

/** One connection to a SQLite file, with its statements kept ready. Each call blocks the thread that makes it. */
export class SqliteDatabase {
  readonly #database: DatabaseSync
  readonly #statements = new LRUCache<string, Prepared>({ max: statementsKept })

  private constructor(database: DatabaseSync) {
    this.#database = database
    database.exec('pragma cache_size = -16000; pragma temp_store = memory')
  }

  /**
   * Creates the file where there is none. A commit is on the disk when it returns (WAL, full sync). The log grows until `checkpoint`
   * is called.
   */
  static openForWriting(file: string): SqliteDatabase {
    const database = new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true })
    database.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864; pragma wal_autocheckpoint = 0',
    )
    return new SqliteDatabase(database)
  }

  /** Sees what is committed when a query starts, and never waits for a writer. */
  static openForReading(file: string): SqliteDatabase {
    return new SqliteDatabase(new DatabaseSync(file, { timeout: 5000, readOnly: true }))
  }

  query<Row>(sql: string, parameters: readonly unknown[]): SqliteResult<Row> {
    const values = parameters.map(toSqliteValue)
    const { statement, columns } = this.#prepare(sql)
    if (columns.length === 0) return { rows: [], changes: Number(statement.run(...values).changes) }
    const rows: readonly unknown[] = statement.all(...values)
    return { rows: rows.map((row) => named<Row>(columns, row)) }
  }

  /** Rows that this connection has written so far. */
  changedRows(): number {
    const [row] = this.query<{ readonly rows: number }>('select total_changes() as rows', []).rows
    return row?.rows ?? 0
  }

  /** Moves what the log has gathered into the database, as far as nobody reads from it. @throws SQLite's error */
  checkpoint(): void {
    this.#database.exec('pragma wal_checkpoint(passive)')
  }

  /** Ends the transaction, if SQLite hasn't done so itself (as it does when the disk is full). */
  rollback(): void {
    if (this.#database.isTransaction) this.#database.exec('rollback')
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): Prepared {
    const kept = this.#statements.get(sql)
    if (kept) return kept
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

/**
 * A row by the names of its columns. Rows are asked for as arrays and named here, since the objects that SQLite's binding makes are
 * hash tables, which take several times as long to make and to read.
 */
function named<Row>(columns: readonly string[], values: unknown): Row {
  if (!Array.isArray(values)) throw new TypeError('Not a row')
  const row: Record<string, unknown> = {}
  for (let at = 0; at < columns.length; at += 1) row[columns[at] ?? ''] = values[at]
  // What a row holds is known to whoever wrote the query, as with every SQL driver.
  return row as Row
}

function toSqliteValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value
  throw new TypeError(`SQLite can't store a ${typeof value}`)
}
