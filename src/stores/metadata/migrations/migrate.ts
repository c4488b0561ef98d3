import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { SqlDialect } from '../sql/sql-dialect.ts'
import { registryTables } from './0001-registry.ts'
import { jobsAndGarbage } from './0002-jobs-and-garbage.ts'
import { history } from './0003-history.ts'
import { uploadHolders } from './0004-upload-holders.ts'
import { absentBlobs } from './0005-absent-blobs.ts'
import { lifecycle } from './0006-lifecycle.ts'
import { cache } from './0010-cache.ts'
import { events } from './0012-events.ts'
import type { Migration } from './migration.ts'

/** A newer Berth has been here; this one would misread what it wrote. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError'
  constructor(unknown: readonly string[]) {
    super(
      `The database was written by a newer version of Berth (it has ${unknown.join(', ')}). ` +
        'Start that version or a later one, or restore a backup made before the upgrade.',
    )
  }
}

const migrations: readonly Migration[] = [
  registryTables,
  jobsAndGarbage,
  history,
  uploadHolders,
  absentBlobs,
  lifecycle,
  cache,
  events,
]

/**
 * Brings the schema up to this code's version, in one transaction: all steps that are missing, or none.
 *
 * @throws SchemaTooNewError when the database has steps that this code doesn't know; nothing is changed then
 */
export async function migrate(db: Kysely<Schema>, dialect: SqlDialect, now: () => Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await dialect.migrationLock?.execute(tx)
    await createMigrationTable(tx, dialect)
    const applied = new Set(await appliedMigrations(tx))
    for (const migration of migrations) {
      if (!applied.has(migration.name)) await apply(tx, { migration, dialect, at: now() })
    }
  })
}

async function createMigrationTable(tx: Kysely<Schema>, { columns: { text, integer } }: SqlDialect) {
  await sql`create table if not exists schema_migrations (
    name ${text} not null primary key,
    applied_at ${integer} not null
  )`.execute(tx)
}

async function appliedMigrations(tx: Kysely<Schema>): Promise<string[]> {
  const rows = await tx.selectFrom('schema_migrations').select('name').orderBy('name').execute()
  const known = new Set(migrations.map(({ name }) => name))
  const names = rows.map(({ name }) => name)
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new SchemaTooNewError(unknown)
  return names
}

async function apply(
  tx: Kysely<Schema>,
  step: { readonly migration: Migration; readonly dialect: SqlDialect; readonly at: Date },
) {
  const { name } = step.migration
  for (const statement of step.migration.statements(step.dialect.columns)) await statement.execute(tx)
  await tx.insertInto('schema_migrations').values({ name, applied_at: step.at.getTime() }).execute()
}
