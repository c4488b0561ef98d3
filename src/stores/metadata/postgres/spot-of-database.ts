import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Spot } from '../sql/kysely-metadata.ts'

/**
 * Where a database is: a dump that is restored, or a database made with another as its template, has another number or is in another cluster.
 * A standby that takes over has the same, and its server another start.
 *
 * @see PostgreSQL, "Control Data Functions", pg_control_system
 */
export async function spotOfDatabase(db: Kysely<Schema>): Promise<Spot> {
  const { rows } = await sql<{ readonly id: string; readonly run: string }>`
    select (select system_identifier from pg_control_system())::text || '-' || oid::text as id,
      extract(epoch from pg_postmaster_start_time())::text as run
    from pg_database where datname = current_database()`.execute(db)
  const [row] = rows
  if (row === undefined) throw new RangeError('PostgreSQL tells nothing of the database that it is asked in')
  return { ...row, bornAt: undefined }
}
