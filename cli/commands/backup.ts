import { resolve, sep } from 'node:path'
import { Command } from 'commander'
import { type BackupProgress, backUp, NoBackupFolderError } from '../../src/back-up.ts'
import { readEnvironment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import type { SettingKey } from '../../src/config/settings.ts'
import { CliError } from '../cli-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { formatBytes, formatCount } from '../format.ts'
import { interruption } from '../interruption.ts'
import { ProgressLine } from '../progress-line.ts'
import { requireDataFolder } from '../require-data-folder.ts'
import { addSettingOptions } from '../setting-options.ts'

const about = `
Makes a folder a copy of the data folder as it is now, on which Berth can be started. Berth may run meanwhile. Every layer is hashed on its way, so what
is in the backup is whole; damaged ones are named and left out. Into a folder with an earlier backup it brings what is new; that backup stays whole until
this one is, and what only it needed goes then. It has the keys of the data folder: keep it as private.

To go back, stop Berth, put the folder in the place of the data folder, or name it with --data-dir, and start Berth. Where tasks of ECS still run,
\`berth ecs adopt --help\` says what comes before that.

Exit code: 0  the backup is whole
           1  layers were damaged or missing: \`berth verify\` says what that harms
           2  it could not be made, or was interrupted; run again it goes on

Examples:
  berth backup /backup/berth --data-dir /var/lib/berth
  docker exec berth berth backup /backup/berth
  0 3 * * *  berth backup /backup/berth --data-dir /var/lib/berth`

/** Settings that say what is stored where. */
const telling: readonly SettingKey[] = ['dataDir', 'database']

/** `berth backup`: copies all that is stored. */
export function backupCommand(): Command {
  const command = new Command('backup')
    .description('copy all that is stored into another folder, while Berth runs or not')
    .argument('<folder>', 'where the backup goes, and earlier ones have gone')
  return addSettingOptions(command, telling).addHelpText('after', about).action(backUpOrExplain)
}

async function backUpOrExplain(backup: string, flags: Flags): Promise<void> {
  try {
    const { damaged } = await backUpInto(resolve(backup), flags)
    process.exitCode = damaged.length > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(explainFailure(withAdvice(error)).text)
    process.exitCode = 2
  }
}

async function backUpInto(backup: string, flags: Flags): Promise<BackupProgress> {
  const { dataDir, database } = loadConfig({ flags, env: readEnvironment(), cwd: process.cwd() })
  if (database !== 'sqlite') throw inPostgres()
  requireDataFolder(dataDir)
  requireApart(resolve(dataDir), backup)
  const last = await showing(backUp({ folder: dataDir, backup, signal: interruption() }))
  process.stdout.write(report(last, backup))
  return last
}

async function showing(progress: AsyncIterable<BackupProgress>): Promise<BackupProgress> {
  using line = new ProgressLine(process.stderr)
  let last: BackupProgress | undefined
  for await (last of progress) {
    const { blobs, bytes, total } = last
    line.show({ done: bytes, of: total.bytes }, `${blobs} of ${formatCount(total.blobs, 'blob')}`)
  }
  if (last === undefined) throw new Error('A backup tells at least that it began')
  return last
}

function report({ blobs, bytes, copied, damaged }: BackupProgress, backup: string): string {
  const lost = damaged.map((digest) => `damaged or missing, left out: ${digest}\n`).join('')
  const held = `${formatCount(blobs - damaged.length, 'blob')}, ${copied} of them new`
  return `${lost}${backup} has all of ${formatBytes(bytes)}: ${held}\n`
}

function withAdvice(error: unknown): unknown {
  if (!(error instanceof NoBackupFolderError)) return error
  return new CliError(error.message, 'Name a folder of its own; it is made where there is none.')
}

function inPostgres(): CliError {
  const advice =
    'Copy it by `pg_dump` first and the folder after it, as "Backups and upgrades" in docs/operations.md says.'
  return new CliError('The database is in PostgreSQL, which has a backup of its own', advice)
}

function requireApart(folder: string, backup: string): void {
  const [one, other] = [folder, backup].map((path) => `${path}${sep}`)
  if (one === undefined || other === undefined || !(one.startsWith(other) || other.startsWith(one))) return
  throw new CliError(
    `${backup} and the data folder ${folder} are in one another`,
    'Name another folder, best on another disk.',
  )
}
