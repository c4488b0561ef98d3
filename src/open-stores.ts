import type { Config } from './config/config.ts'
import type { Log } from './observability/log.ts'
import type { BlobStore } from './stores/blobs/blob-store.ts'
import type { DiskOperations } from './stores/blobs/file/disk-operations.ts'
import { openFileBlobStore } from './stores/blobs/file-blob-store.ts'
import type { MetadataStore } from './stores/metadata/metadata-store.ts'
import { databaseFile } from './stores/metadata/sqlite/database-file.ts'
import { openSqliteMetadata } from './stores/metadata/sqlite.ts'

/** Where everything is kept that outlives the process. */
export interface Stores extends AsyncDisposable {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
}

/**
 * Opens the stores that the configuration names, creating or upgrading them; on failure nothing stays open.
 *
 * @param operations what is done to the disk; the operating system's own unless told
 */
export async function openStores(config: Config, log: Log, operations?: DiskOperations): Promise<Stores> {
  await using opening = new AsyncDisposableStack()
  const blobs = opening.use(
    await openFileBlobStore({ folder: config.dataDir, ...(operations && { operations }) }),
  )
  const metadata = opening.use(await openMetadata(config, log))
  const opened = opening.move()
  return { metadata, blobs, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

/** Opens the database that the configuration names, creating or upgrading it. */
export async function openMetadata(
  { database, dataDir }: Pick<Config, 'database' | 'dataDir'>,
  log: Log,
): Promise<MetadataStore> {
  if (database === 'sqlite') {
    const onSyncFailed = (err: Error) => endAtOnce(err, log)
    return openSqliteMetadata({ file: databaseFile(dataDir), onSyncFailed })
  }
  const { openPostgresMetadata } = await import('./stores/metadata/postgres.ts')
  const onConnectionLost = (err: Error) => log.warn({ err }, 'A connection to the database was lost')
  return openPostgresMetadata({ url: database, onConnectionLost })
}

/**
 * Ends this process as a power cut would, since it can't know any more what its disk holds; whoever starts the next one
 * finds all that was acknowledged (docs/crash-safety.md).
 */
function endAtOnce(err: Error, log: Log): void {
  const sentence =
    'The disk could not keep a change to the database. Berth ends at once; look after the disk, and start it again'
  log.error({ err }, sentence)
  process.kill(process.pid, 'SIGKILL')
}
