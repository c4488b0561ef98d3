import type { Config } from './config/config.ts'
import type { RepositoryName } from './core/names/repository-name.ts'
import type { BlobStore } from './stores/blobs/blob-store.ts'
import { openFileBlobStore } from './stores/blobs/file-blob-store.ts'
import type { Audit } from './stores/metadata/audit.ts'
import { databaseFile } from './stores/metadata/sqlite/database-file.ts'
import { openSqliteAudit } from './stores/metadata/sqlite.ts'

/** All that is stored, to be read and nothing else. */
export interface AuditedStores extends AsyncDisposable {
  readonly audit: Audit
  readonly blobs: BlobStore
}

/**
 * Opens the stores that the configuration names for reading, whether or not a server runs on them.
 *
 * @param only the name of the repositories to look at; all unless told
 * @throws SchemaTooNewError, SchemaTooOldError, and when they aren't there
 */
export async function openAudit(
  { database, dataDir }: Config,
  only?: RepositoryName,
): Promise<AuditedStores> {
  await using opening = new AsyncDisposableStack()
  const { audit } = opening.use(await openMetadata({ database, dataDir }, only))
  const blobs = opening.use(await openFileBlobStore({ folder: dataDir }))
  const opened = opening.move()
  return { audit, blobs, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

async function openMetadata(
  { database, dataDir }: Pick<Config, 'database' | 'dataDir'>,
  only?: RepositoryName,
) {
  if (database === 'sqlite') return openSqliteAudit({ file: databaseFile(dataDir), only })
  const { openPostgresAudit } = await import('./stores/metadata/postgres.ts')
  return openPostgresAudit({ url: database, only })
}
