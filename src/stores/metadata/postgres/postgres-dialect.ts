import { sql } from 'kysely'
import { DatabaseError } from 'pg'
import type { ErrorMeaning, SqlDialect } from '../sql/sql-dialect.ts'

/** Any number will do, as long as every Berth uses the same. */
const migrationLockId = 4566_0001

export const postgresDialect: SqlDialect = {
  columns: {
    identity: sql`bigint generated always as identity primary key`,
    integer: sql`bigint`,
    text: sql`text collate "C"`,
    bytes: sql`bytea`,
    table: sql``,
    keyTable: sql``,
  },
  textsOfJson: sql`json_array_elements_text`,
  locksRows: true,
  migrationLock: sql`select pg_advisory_xact_lock(${sql.lit(migrationLockId)})`,
  // COMMIT of a transaction that has failed answers ROLLBACK and no error; this statement fails in it. It also
  // brings the deferred constraints' verdict forward.
  beforeCommit: sql`set constraints all immediate`,
  meaningOf,
}

/** @see PostgreSQL manual, appendix A, "PostgreSQL Error Codes" */
const meanings: ReadonlyMap<string, ErrorMeaning> = new Map([
  ['40001', 'again'], // serialization_failure
  ['40P01', 'again'], // deadlock_detected
  ['53100', 'full'], // disk_full
])

function meaningOf(error: unknown): ErrorMeaning {
  if (!(error instanceof DatabaseError) || error.code === undefined) return 'other'
  return meanings.get(error.code) ?? 'other'
}
