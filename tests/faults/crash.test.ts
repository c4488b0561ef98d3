import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFailed, test } from 'vitest'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type CrashTally, runCrashes } from './crash/crash-run.ts'

const limit = 240_000

test(
  'after 20 kills among pushes, deletions and garbage collection every promise is kept',
  async () => {
    expect(await crash({ kills: 20, database: 'sqlite' })).toMatchObject({ kills: 20, countings: 1 })
  },
  limit,
)

testUnless(missingPostgres() ?? false)(
  'after 10 kills so it is with PostgreSQL',
  async () => {
    await using database = await startPostgresDatabase()
    expect(await crash({ kills: 10, database: database.url })).toMatchObject({ kills: 10, countings: 1 })
  },
  limit,
)

/** A short run of what `node tests/faults/crash.ts` does at length. */
async function crash(options: { readonly kills: number; readonly database: string }): Promise<CrashTally> {
  const seed = process.env.BERTH_TEST_SEED ?? randomUUID()
  onTestFailed(() => console.error(`To see it again: BERTH_TEST_SEED=${seed}`))
  await using folder = await temporaryFolder()
  const place = { dataDir: join(folder.path, 'data'), compileCache: join(folder.path, 'cache') }
  return await runCrashes({ ...options, ...place, seed })
}
