import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writePrivateFile } from './config/private-file.ts'
import { secretsFile } from './config/secrets.ts'
import { type CopyProgress, copyBlobs } from './registry/copy-blobs.ts'
import { dropUnkeptBlobs } from './registry/drop-unkept-blobs.ts'
import type { BlobStore } from './stores/blobs/blob-store.ts'
import { makePrivateFolder, syncFolder } from './stores/blobs/file/private-folders.ts'
import { openFileBlobStore } from './stores/blobs/file-blob-store.ts'
import type { AuditTotal } from './stores/metadata/audit.ts'
import { copyDatabase, removeLogs, replaceDatabase } from './stores/metadata/sqlite/copy-database.ts'
import { databaseFile, lockDatabase } from './stores/metadata/sqlite/database-file.ts'
import { openSqliteAudit } from './stores/metadata/sqlite.ts'
import { authorityCertificateFile, authorityFile } from './tls/local-ca/authority-paths.ts'

/** What else is in a data folder that outlives the process. */
const keyFiles = [secretsFile, authorityFile, authorityCertificateFile]

/** A backup would overwrite what is no backup of the same Berth. */
export class NoBackupFolderError extends Error {
  override readonly name = 'NoBackupFolderError'
  constructor(backup: string) {
    super(`${backup} is neither empty nor a backup of this Berth`)
  }
}

/** How far a backup is. */
export interface BackupProgress extends CopyProgress {
  readonly total: AuditTotal
}

/**
 * Makes a folder a data folder with all that another has at one moment, on which Berth can be started; Berth may run on the other meanwhile. What the
 * folder has of an earlier backup isn't copied again, and that one stays whole until this one is; what only it needed goes then.
 *
 * @param options.folder with a SQLite database
 * @yields after each blob
 * @throws NoBackupFolderError, DataFolderInUseError when Berth runs on the backup, StorageFullError, the signal's reason
 */
export async function* backUp(options: {
  readonly folder: string
  readonly backup: string
  readonly signal?: AbortSignal
}): AsyncGenerator<BackupProgress, void, undefined> {
  const { folder, backup, signal } = options
  await makePrivateFolder(backup)
  await requireOwn(folder, backup)
  const database = databaseFile(backup)
  using _lock = lockDatabase(database)
  const next = `${database}.next`
  for (const path of keyFiles) await copyKeys(path(folder), path(backup))
  // Before the layers: what it needs stays where it is for as long as garbage waits.
  await copyDatabase(databaseFile(folder), next)
  await using from = await openFileBlobStore({ folder })
  await using to = await openFileBlobStore({ folder: backup })
  yield* copyAudited({ database: next, from, to, newId: randomUUID, ...(signal && { signal }) })
  await replaceDatabase(database, next)
  await syncFolder(backup)
  await dropUnkept(database, to)
}

async function requireOwn(folder: string, backup: string): Promise<void> {
  if ((await readdir(backup)).length === 0) return
  const [own, found] = await Promise.all([folder, backup].map((path) => readIfThere(secretsFile(path))))
  if (found === undefined || found !== own) throw new NoBackupFolderError(backup)
}

async function copyKeys(from: string, to: string): Promise<void> {
  const text = await readIfThere(from)
  if (text === undefined) return
  await makePrivateFolder(dirname(to))
  await writePrivateFile(to, text)
}

async function readIfThere(file: string): Promise<string | undefined> {
  return existsSync(file) ? readFile(file, 'utf8') : undefined
}

async function* copyAudited({
  database,
  ...copying
}: Omit<Parameters<typeof copyBlobs>[0], 'audit'> & { readonly database: string }): AsyncGenerator<
  BackupProgress,
  void,
  undefined
> {
  await using opened = await openSqliteAudit({ file: database })
  const total = await opened.audit.total()
  yield { blobs: 0, bytes: 0, copied: 0, damaged: [], total }
  for await (const progress of copyBlobs({ ...copying, audit: opened.audit })) yield { ...progress, total }
}

/** What only earlier backups needed. */
async function dropUnkept(database: string, store: BlobStore): Promise<void> {
  {
    await using opened = await openSqliteAudit({ file: database })
    await dropUnkeptBlobs(opened.audit, store)
  }
  await removeLogs(database)
}
