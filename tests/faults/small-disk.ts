import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ECRClient } from '@aws-sdk/client-ecr'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import type { RegistryAccess } from '../support/registry-client.ts'
import { mountTmpfs } from '../support/tmpfs.ts'

/** A Berth whose data folder lies on a disk of 32 MiB that something else can fill up. */
export interface SmallDisk extends AsyncDisposable {
  readonly berth: BerthProcess
  readonly ecr: ECRClient
  readonly registry: RegistryAccess
  /** Leaves no byte free. */
  fillUp(): Promise<void>
  /** Takes away what filled it up. */
  makeRoom(): Promise<void>
}

export async function openSmallDisk(): Promise<SmallDisk> {
  await using opening = new AsyncDisposableStack()
  const disk = opening.use(await mountTmpfs(32 * 1024 * 1024))
  const dataDir = join(disk.path, 'berth')
  await mkdir(dataDir)
  const berth = opening.use(await startBerthProcess({ dataDir }))
  const ecr = await ecrClientOf(berth)
  const registry = await logIn(berth, ecr)
  const open = opening.move()
  return {
    berth,
    ecr,
    registry,
    fillUp: () => disk.fillUp(),
    makeRoom: () => disk.makeRoom(),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** What SQLite finds wrong with a database file: `ok`, when that is nothing. */
export function checkIntegrity(file: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return database.prepare('PRAGMA integrity_check').all()
  } finally {
    database.close()
  }
}
