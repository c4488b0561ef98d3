import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { mountTmpfs, whyNoTmpfs } from '../support/tmpfs.ts'
import { runCrashes } from './crash/crash-run.ts'
import { progressLine, summaryOf } from './crash/summary.ts'
import { openForgetfulDisk, whyNoForgetfulDisk } from './power/forgetful-disk.ts'

const about = `
Starts Berth again and again on one data folder and kills it: at random instants, and right before and after every fsync, rename,
removal and commit, while clients push through both doors, move tags, delete images, tags and repositories, and garbage is
collected. Now and then the disk refuses an fsync or a rename instead, or something else fills it up and, at times, makes room again
(on a small tmpfs, which takes root to mount). At times a sync of SQLite's log fails and what it could not keep is forgotten, and in
half of the lives the power goes with the server (by a library, which takes gcc to build). After every kill a new server must show all that was
acknowledged and nothing else, and every listed image must pull and hash to its digest. At times all garbage is removed; then the
data folder must hold exactly the bytes that images need. The first broken promise ends the run with exit code 1.

Examples:
  node tests/faults/crash.ts --kills 1000
  node tests/faults/crash.ts --kills 300 --database postgres
  node tests/faults/crash.ts --kills 1000 --seed 5f0a...    the same plan again`

const { kills, seed, database } = new Command('node tests/faults/crash.ts')
  .description('Kills Berth many times, and proves that nothing it acknowledged was lost.')
  .option('--kills <count>', 'how often the server is killed', asCount, 1_000)
  .option('--seed <text>', 'what the plan is made from; printed in the end', randomUUID())
  .addOption(new Option('--database <kind>').choices(['sqlite', 'postgres'] as const).default('sqlite'))
  .addHelpText('after', about)
  .parse()
  .opts<{ kills: number; seed: string; database: 'sqlite' | 'postgres' }>()

await using resources = new AsyncDisposableStack()
const folder = resources.use(await temporaryFolder()).path
const withoutDisk = await whyNoTmpfs()
if (withoutDisk) process.stderr.write(`No disk will be full: ${withoutDisk}\n`)
const disk = withoutDisk ? undefined : resources.use(await mountTmpfs(64 * 1024 * 1024))
const url = database === 'sqlite' ? database : resources.use(await startPostgresDatabase()).url
const begun = performance.now()
const place = {
  dataDir: join(disk?.path ?? folder, 'data'),
  compileCache: join(folder, 'cache'),
  database: url,
}
const withoutPower = database !== 'sqlite' || whyNoForgetfulDisk()
if (typeof withoutPower === 'string') process.stderr.write(`No power will be cut: ${withoutPower}\n`)
const power = withoutPower ? undefined : await openForgetfulDisk(folder, place.dataDir)
const tally = await runCrashes({
  kills,
  seed,
  ...place,
  disk,
  power,
  tell: (so) => process.stderr.write(progressLine(so, kills, process.stderr.isTTY)),
}).catch((error: unknown) => {
  process.stderr.write(`\nTo see it again: --seed ${seed} --database ${database}\n`)
  throw error
})
process.stdout.write(summaryOf(tally, { database, seconds: (performance.now() - begun) / 1_000 }))

function asCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It must be a whole number above 0.')
  return count
}
