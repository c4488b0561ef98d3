import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFailed, test } from 'vitest'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { mountTmpfs, whyNoTmpfs } from '../support/tmpfs.ts'
import { runCrashes } from './crash/crash-run.ts'
import type { CrashTally } from './crash/crash-tally.ts'
import { openForgetfulDisk, whyNoForgetfulDisk } from './power/forgetful-disk.ts'

const limit = 400_000
const noFullDisk = await whyNoTmpfs()
const [filledIn20, filledIn10] = noFullDisk ? [0, 0] : [3, 1]

test(
  'after 20 kills among pushes, deletions and garbage collection, with full disks and power cuts, every promise is kept',
  async () => {
    const tally = await crash({ kills: 20, database: 'sqlite' })
    expect(tally).toMatchObject({ kills: 20, countings: 1, fullDisks: { filled: filledIn20 } })
  },
  limit,
)

testUnless(missingPostgres() ?? false)(
  'after 10 kills so it is with PostgreSQL',
  async () => {
    await using database = await startPostgresDatabase()
    const tally = await crash({ kills: 10, database: database.url })
    expect(tally).toMatchObject({ kills: 10, countings: 1, fullDisks: { filled: filledIn10 } })
  },
  limit,
)

/** A short run of what `node tests/faults/crash.ts` does at length. */
async function crash(options: { readonly kills: number; readonly database: string }): Promise<CrashTally> {
  const seed = process.env.BERTH_TEST_SEED ?? randomUUID()
  onTestFailed(() => console.error(`To see it again: BERTH_TEST_SEED=${seed}`))
  await using resources = new AsyncDisposableStack()
  const folder = resources.use(await temporaryFolder()).path
  const disk = noFullDisk ? undefined : resources.use(await mountTmpfs(64 * 1024 * 1024))
  const place = { dataDir: join(disk?.path ?? folder, 'data'), compileCache: join(folder, 'cache') }
  const isForgetful = options.database === 'sqlite' && !whyNoForgetfulDisk()
  const power = isForgetful ? await openForgetfulDisk(folder, place.dataDir) : undefined
  return await runCrashes({ ...options, ...place, disk, power, seed })
}
