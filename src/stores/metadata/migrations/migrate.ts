import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'
import type { SqlDialect } from '../sql/sql-dialect.ts'
import { registryTables } from './0001-registry.ts'
import { jobsAndGarbage } from './0002-jobs-and-garbage.ts'
import { history } from './0003-history.ts'
import { uploadHolders } from './0004-upload-holders.ts'
import { absentBlobs } from './0005-absent-blobs.ts'
import { lifecycle } from './0006-lifecycle.ts'
import { images } from './0007-images.ts'
import { policies } from './0008-policies.ts'
import { replication } from './0009-replication.ts'
import { cache } from './0010-cache.ts'
import { signing } from './0011-signing.ts'
import { events } from './0012-events.ts'
import { iam } from './0013-iam.ts'
import { scan } from './0014-scan.ts'
import { ecs } from './0015-ecs.ts'
import { listedImages } from './0016-listed-images.ts'
import { imageUses } from './0017-image-uses.ts'
import { access } from './0018-access.ts'
import { people } from './0019-people.ts'
import { findings } from './0020-findings.ts'
import { messages } from './0021-messages.ts'
import { services } from './0022-services.ts'
import { roleUses } from './0023-role-uses.ts'
import { principalIds } from './0024-principal-ids.ts'
import { oidc } from './0025-oidc.ts'
import { deliveries } from './0026-deliveries.ts'
import { ecsOperations } from './0027-ecs-operations.ts'
import { ecsSettings } from './0028-ecs-settings.ts'
import { pulledReferences } from './0029-pulled-references.ts'
import { gateExemptions } from './0030-gate-exemptions.ts'
import { engineClaims } from './0031-engine-claims.ts'
import type { Migration } from './migration.ts'

/** A newer Berth has been here; this one would misread what it wrote. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError'
  constructor(unknown: readonly string[]) {
    super(
      `The database was written by a newer version of Berth (it has ${unknown.join(', ')}). ` +
        'Use that version or a later one, or restore a backup made before the upgrade.',
    )
  }
}

/** An older Berth has been here, or none, and whoever asks may only read. */
export class SchemaTooOldError extends Error {
  override readonly name = 'SchemaTooOldError'
  constructor({ lacks, isEmpty }: { readonly lacks: readonly string[]; readonly isEmpty: boolean }) {
    super(
      isEmpty
        ? 'The database holds nothing of Berth. Name the right one with --data-dir or --database.'
        : `The database was written by an older version of Berth (it lacks ${lacks.join(', ')}). ` +
            'Start this version once, which upgrades it, or use that version.',
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
  images,
  policies,
  replication,
  cache,
  signing,
  events,
  iam,
  scan,
  ecs,
  listedImages,
  imageUses,
  access,
  people,
  findings,
  messages,
  services,
  roleUses,
  principalIds,
  oidc,
  deliveries,
  ecsOperations,
  ecsSettings,
  pulledReferences,
  gateExemptions,
  engineClaims,
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

/**
 * Looks whether the schema is of this code's version, and changes nothing.
 *
 * @throws SchemaTooNewError, SchemaTooOldError
 */
export async function requireCurrentSchema(db: Kysely<Schema>): Promise<void> {
  const tables = await db.introspection.getTables()
  const isEmpty = !tables.some(({ name }) => name === 'schema_migrations')
  const applied = new Set(isEmpty ? [] : await appliedMigrations(db))
  const lacks = migrations.map(({ name }) => name).filter((name) => !applied.has(name))
  if (lacks.length > 0) throw new SchemaTooOldError({ lacks, isEmpty })
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
  await step.migration.change?.(tx, step.dialect)
  await tx.insertInto('schema_migrations').values({ name, applied_at: step.at.getTime() }).execute()
}
