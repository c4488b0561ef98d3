import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RepositoryName } from '../../core/names/repository-name.ts'
import type { Audit } from './audit.ts'
import type { MetadataStore } from './metadata-store.ts'
import { migrate, requireCurrentSchema } from './migrations/migrate.ts'
import { rememberLookups } from './remember-lookups.ts'
import { kyselyAudit } from './sql/kysely-audit.ts'
import { kyselyMetadata } from './sql/kysely-metadata.ts'
import { lockDatabase } from './sqlite/database-file.ts'
import { openKysely } from './sqlite/open-kysely.ts'
import { ReaderDriver } from './sqlite/reader-driver.ts'
import { rewriteLog } from './sqlite/rewrite-log.ts'
import { spotOfFile } from './sqlite/spot-of-file.ts'
import { SqliteDatabase } from './sqlite/sqlite-database.ts'
import { sqliteDialect } from './sqlite/sqlite-dialect.ts'
import { WriterConnection } from './sqlite/writer-connection.ts'
import { WriterDriver } from './sqlite/writer-driver.ts'

/**
 * Opens the metadata store in a SQLite file, creating the file (readable by its owner alone) or upgrading its tables.
 * Reading happens on the calling thread and never waits; writing has a thread of its own, so that nothing but the
 * writer waits for the disk.
 *
 * @param options.onSyncFailed told when the disk could not keep what it was given. What this process believes to be stored may be lost
 * then, so it must end at once; nothing is written any more
 * @throws DataFolderInUseError when it is open already, here or in another process, SchemaTooNewError when a newer Berth has upgraded it
 */
export async function openSqliteMetadata(options: {
  readonly file: string
  readonly now?: () => Date
  readonly onSyncFailed?: (error: Error) => void
}): Promise<MetadataStore> {
  const { file, now = () => new Date(), onSyncFailed = () => {} } = options
  await using opened = new AsyncDisposableStack()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  opened.use(lockDatabase(file))
  await createPrivately(file)
  await rewriteLog(file)
  const writer = openKysely(new WriterDriver(new WriterConnection(file, onSyncFailed)))
  opened.defer(() => writer.destroy())
  await migrate(writer, sqliteDialect, now)
  const database = SqliteDatabase.openForReading(file)
  opened.defer(() => database.close())
  const reader = openKysely(new ReaderDriver(database))
  const owned = opened.move()
  const connections = { reader, writer, [Symbol.asyncDispose]: () => owned.disposeAsync() }
  return rememberLookups(kyselyMetadata(connections, sqliteDialect, () => spotOfFile(file)))
}

/**
 * Opens an existing SQLite file for an audit, beside whoever has it open. It must be there, and is left as it is.
 *
 * @param options.only the name of the repositories to look at; all unless told
 * @throws SchemaTooNewError, SchemaTooOldError
 */
export async function openSqliteAudit({
  file,
  only,
}: {
  readonly file: string
  readonly only?: RepositoryName | undefined
}): Promise<{ readonly audit: Audit } & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const database = SqliteDatabase.openForReading(file)
  opened.defer(() => database.close())
  const reader = openKysely(new ReaderDriver(database))
  await requireCurrentSchema(reader)
  const owned = opened.move()
  return { audit: kyselyAudit(reader, only), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** SQLite gives its companion files (`-wal`, `-shm`) the same mode. */
async function createPrivately(file: string): Promise<void> {
  const handle = await open(file, 'a', 0o600)
  await handle.close()
}
