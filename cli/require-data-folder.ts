import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from './cli-error.ts'

/** A disk that isn't mounted must not look like one whose layers are all lost. @throws CliError */
export function requireDataFolder(dataDir: string): void {
  const advice = 'Name the right one with --data-dir, and see that its disk is mounted.'
  if (!existsSync(dataDir)) throw new CliError(`There is no data folder ${dataDir}`, advice)
  if (!existsSync(join(dataDir, 'blobs')))
    throw new CliError(`${dataDir} is no data folder of Berth: it has no folder blobs`, advice)
}
