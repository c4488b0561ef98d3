import { test } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { missingPostgres } from '../support/start-postgres.ts'

/** The databases that Berth can keep its metadata in, each with the `test` to use for it. */
export const stores = [
  { store: 'SQLite', test, startBerth: startBerthProcess },
  { store: 'PostgreSQL', test: testUnless(missingPostgres() ?? false), startBerth: startOnPostgres },
] as const

async function startOnPostgres(): Promise<BerthProcess> {
  const resources = new AsyncDisposableStack()
  const database = resources.use(await startPostgresDatabase())
  return startBerthProcess({ flags: ['--database', database.url], resources })
}
