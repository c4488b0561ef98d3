import type { RawBuilder } from 'kysely'
import type { ColumnTypes } from '../sql/sql-dialect.ts'

/** One step of the schema. Once released it never changes: a later step mends it. */
export interface Migration {
  /** Sorts after the one before; stored in the database, so it stays as it is. */
  readonly name: string
  statements(columns: ColumnTypes): readonly RawBuilder<unknown>[]
}
