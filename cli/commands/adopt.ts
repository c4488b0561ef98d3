import { randomUUID } from 'node:crypto'
import { Command, InvalidArgumentError } from 'commander'
import { allSettings } from '../../src/config/all-settings.ts'
import { readEnvironment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import { readSecrets } from '../../src/config/secrets.ts'
import type { SettingKey } from '../../src/config/settings.ts'
import { formerMark } from '../../src/containers/former-mark.ts'
import { createLog } from '../../src/observability/logger.ts'
import { openMetadata } from '../../src/open-stores.ts'
import { summonMark } from '../../src/registry/ecs/summon-mark.ts'
import { CliError } from '../cli-error.ts'
import { addSettingOptions } from '../setting-options.ts'

const about = `
A database that was copied, or moved to another disk, or restored from a backup, can't be told from a copy beside its original. So Berth leaves
alone what runs on the engine under the mark that it had, and goes on under a new one. This says that it is the original: the next time
Berth is started it takes those tasks up, unless another Berth answers that they are its own.

Do it while Berth is stopped, and for a backup before it is first started on it: later its services have begun other tasks, and those that it
takes up are removed. A mark is needed where Berth can't tell which is meant: its log names those that are left alone.

Examples:
  berth ecs adopt --data-dir /var/lib/berth
  berth ecs adopt 0123456789ab --data-dir /var/lib/berth`

/** Settings that say what is stored where; all others make no difference. */
const different: readonly SettingKey[] = ['dataDir', 'database']
const indifferent = allSettings.map(({ key }) => key).filter((key) => !different.includes(key))

/** `berth ecs adopt`: takes up what ran under a mark that the database had elsewhere. */
export function adoptCommand(): Command {
  const command = new Command('adopt')
    .description('take up what runs on the engine, after a data folder was moved or restored')
    .argument('[mark]', 'what it is marked with', readMark)
  return addSettingOptions(command, indifferent).addHelpText('after', about).action(adopt)
}

async function adopt(mark: string | undefined, flags: Flags): Promise<void> {
  const config = loadConfig({ flags, env: readEnvironment(), cwd: process.cwd() })
  const { dataDir, logLevel } = config
  const secrets = await readSecrets(dataDir)
  if (secrets === undefined)
    throw new CliError(
      `${dataDir} is no data folder of Berth`,
      'Name the right one with --data-dir, and see that its disk is mounted.',
    )
  const log = createLog(logLevel, process.stderr, () => new Date())
  await using metadata = await openMetadata(config, log)
  const options = { mark, formerMark: formerMark(secrets.sealKey), newId: randomUUID }
  const summoned = await summonMark(metadata, options)
  if (summoned === undefined)
    throw new CliError(
      'This database has had no mark in another place',
      'Name the mark: Berth tells in its log what it leaves alone.',
    )
  process.stdout.write(
    `Berth takes up what is marked ${summoned} when it is started, unless another Berth has it.\n`,
  )
}

function readMark(text: string): string {
  if (/^[0-9a-f]{12}$/.test(text)) return text
  throw new InvalidArgumentError('A mark is twelve digits like 0123456789ab.')
}
