import type { Kysely, RawBuilder } from 'kysely'
import type { Schema } from '../schema.ts'
import type { ColumnTypes, SqlDialect } from '../sql/sql-dialect.ts'

/** One step of the schema. Once released it never changes: a later step mends it. */
export interface Migration {
  /** Sorts after the one before; stored in the database, so it stays as it is. */
  readonly name: string
  statements(columns: ColumnTypes): readonly RawBuilder<unknown>[]
  /** What statements can't do with the rows that are there; it follows them. */
  change?(tx: Kysely<Schema>, dialect: SqlDialect): Promise<void>
}
