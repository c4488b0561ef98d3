import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { SqliteDatabase } from './sqlite-database.ts'

/** What of a SqliteDatabase is needed here. */
type Queryable = Pick<SqliteDatabase, 'query'>

/** A look-up takes microseconds, so it runs where it is asked and nobody waits in line. */
export class ReaderDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(database: Queryable) {
    this.#connection = new ReaderConnection(database)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async releaseConnection(): Promise<void> {}

  beginTransaction(): Promise<void> {
    return refuseTransaction()
  }

  commitTransaction(): Promise<void> {
    return refuseTransaction()
  }

  rollbackTransaction(): Promise<void> {
    return refuseTransaction()
  }

  /** The database is its opener's to close. */
  async destroy(): Promise<void> {}
}

class ReaderConnection implements DatabaseConnection {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#database.query<Row>(sql, parameters)
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query)
  }
}

async function refuseTransaction(): Promise<never> {
  throw new Error('The reading connection has no transactions')
}
