import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openFileBlobStore } from '../../src/stores/blobs/file-blob-store.ts'
import { MemoryBlobStore } from '../../src/stores/blobs/memory-blob-store.ts'
import type { MetadataStore } from '../../src/stores/metadata/metadata-store.ts'
import { openPostgresMetadata } from '../../src/stores/metadata/postgres.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { agedByClock } from './aged-by-clock.ts'
import { anySteps, createRepository, type Step } from './commands.ts'
import { expectContents } from './contents.ts'
import { openDoors } from './doors.ts'
import { day, Model, repositoryNames } from './model.ts'

/** Lives through plans of steps, each in an empty registry; in the end all that nothing needs must go. */
async function liveThrough(
  metadata: MetadataStore,
  options: { readonly blobs: 'memory' | 'files'; readonly plans: number },
): Promise<void> {
  let steps = 0
  const plan = async (commands: Iterable<Step>) => {
    const model = new Model(Date.now())
    await using folder = await temporaryFolder()
    const now = () => new Date(model.now)
    const blobs =
      options.blobs === 'memory'
        ? new MemoryBlobStore({ now })
        : agedByClock(await openFileBlobStore({ folder: folder.path }), now)
    await using doors = await openDoors({ metadata, blobs, now })
    await metadata.write((tx) => tx.repositories.deleteAll(new Date(0)))
    await doors.collect()
    for (const name of repositoryNames) await createRepository(name).run(model, doors)
    await fc.asyncModelRun(() => ({ model, real: doors }), commands)
    model.now += 8 * day
    await doors.collect()
    model.collect()
    await expectContents(model, doors)
    steps += [...commands].length
  }
  await fc.assert(fc.asyncProperty(anySteps, plan), { numRuns: options.plans })
  expect(steps).toBeGreaterThan(options.plans * 10)
}

test.each([
  ['memory', 40],
  ['files', 6],
] as const)(
  'whatever is done at both doors, garbage collection loses nothing and leaves nothing (blobs in %s)',
  async (blobs, plans) => {
    await using folder = await temporaryFolder()
    await using metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db') })
    await liveThrough(metadata, { blobs, plans })
  },
)

testUnless(missingPostgres() ?? false)('nor does it on PostgreSQL', async () => {
  await using database = await startPostgresDatabase()
  await using metadata = await openPostgresMetadata({ url: database.url })
  await liveThrough(metadata, { blobs: 'memory', plans: 6 })
})
