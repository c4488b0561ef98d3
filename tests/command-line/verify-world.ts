import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Config } from '../../src/config/config.ts'
import { BERTH } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import type { TestImage } from '../support/test-image.ts'

export const layerBytes = 2_000_000

/** Pushes two images, each of one layer and a config, and stops the server. */
export async function pushImages(
  dataDir: string,
  {
    meanwhile,
    ...settings
  }: Partial<Config> & { readonly meanwhile?: (berth: LocalBerth) => Promise<unknown> } = {},
): Promise<TestImage[]> {
  await using berth = await startBerth({ ...settings, dataDir })
  await berth.createRepository('team/app')
  const images = [
    await berth.pushRandomImage('team/app', 'v1', [layerBytes]),
    await berth.pushRandomImage('team/app', 'v2', [layerBytes]),
  ]
  await meanwhile?.(berth)
  return images
}

/** Runs `berth verify` to its end. */
export function verify(dataDir: string, flags: readonly string[] = []) {
  return runProgram(process.execPath, [BERTH, 'verify', '--data-dir', dataDir, ...flags])
}

/** Runs SQL on the database in a data folder. */
export function execute(dataDir: string, statements: string): void {
  const database = new DatabaseSync(join(dataDir, 'metadata.db'))
  database.exec(statements)
  database.close()
}
