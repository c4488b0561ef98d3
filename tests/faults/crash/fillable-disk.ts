import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Tmpfs } from '../../support/tmpfs.ts'

/** The disk of a data folder, as something else fills it up and makes room again. */
export type FillableDisk = Pick<Tmpfs, 'fillUp' | 'makeRoom'>

/**
 * A disk that is full for SQLite too: without this it would go on for a thousand pages in the log that it has already, which is
 * cut to nothing first.
 */
export function fullForSqlite(disk: Tmpfs, dataDir: string): FillableDisk {
  return {
    fillUp: async (leaving) => {
      using database = new DatabaseSync(join(dataDir, 'metadata.db'), { timeout: 1_000 })
      database.exec('pragma wal_checkpoint(truncate)')
      await disk.fillUp(leaving)
    },
    makeRoom: () => disk.makeRoom(),
  }
}
