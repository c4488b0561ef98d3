import { describe, expect, test } from 'vitest'
import { testUnless } from '../../../tests/support/installed-programs.ts'
import { startPostgresDatabase } from '../../../tests/support/postgres-database.ts'
import { missingPostgres } from '../../../tests/support/start-postgres.ts'
import { referrersOutlive } from '../../core/images/referrers-job.ts'
import { deleteImages } from '../../registry/delete-images.ts'
import { listReferrers } from '../../registry/list-referrers.ts'
import type { Registry } from '../../registry/registry.ts'
import { imageOf, imageType, pushImage } from '../../registry/testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry } from '../../registry/testing/test-registry.ts'
import { openPostgresMetadata } from '../../stores/metadata/postgres.ts'
import { JobRunner } from '../job-runner.ts'
import { logInto } from '../testing/test-jobs.ts'
import { deleteReferrersKind } from './delete-referrers.ts'

const key = keyOf('team/app')
const app = imageOf('app')

const stores = [
  { store: 'SQLite', test, open: () => openTestRegistry() },
  { store: 'PostgreSQL', test: testUnless(missingPostgres() ?? false), open: openOnPostgres },
] as const

describe.each(stores)('what refers to an image deleted from $store', ({ test, open }) => {
  test('is deleted by a worker when a day is over, once', async () => {
    await using world = await open()
    const { registry } = world
    const complaints: string[] = []
    await using runner = runnerOf(registry, complaints)
    await pushSigned(registry)
    await deleteApp(registry)
    world.pass(referrersOutlive - 1)
    expect(await runner.runDue()).toBe(0)
    expect(await countReferrers(registry)).toBe(1)
    world.pass(1)
    expect(await runner.runDue()).toBe(1)
    expect(await countReferrers(registry)).toBe(0)
    world.pass(referrersOutlive)
    expect(await runner.runDue()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('is left to the latest deletion when the image was back in between', async () => {
    await using world = await open()
    const { registry } = world
    const complaints: string[] = []
    await using runner = runnerOf(registry, complaints)
    await pushSigned(registry)
    await deleteApp(registry)
    world.pass(referrersOutlive / 2)
    await pushImage(registry, key, 'app')
    world.pass(referrersOutlive / 2)
    expect(await runner.runDue()).toBe(1)
    expect(await countReferrers(registry)).toBe(1)
    await deleteApp(registry)
    world.pass(referrersOutlive)
    expect(await runner.runDue()).toBe(1)
    expect(await countReferrers(registry)).toBe(0)
    expect(complaints).toEqual([])
  })
})

/** The same world, but for its metadata. */
async function openOnPostgres() {
  await using opening = new AsyncDisposableStack()
  const { url } = opening.use(await startPostgresDatabase())
  const metadata = opening.use(await openPostgresMetadata({ url }))
  const world = opening.use(await openTestRegistry({ metadata: () => metadata }))
  const open = opening.move()
  return { ...world, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

function runnerOf(registry: Registry, complaints: string[]): JobRunner {
  const { metadata, now, newId } = registry
  return new JobRunner({
    metadata,
    kinds: [deleteReferrersKind(registry)],
    now,
    newId,
    log: logInto(complaints),
  })
}

async function pushSigned(registry: Registry): Promise<void> {
  await makeRepository(registry, key)
  await pushImage(registry, key, 'app')
  const subject = { mediaType: imageType, digest: app.digest, size: app.content.byteLength }
  await pushImage(registry, key, 'signature', { members: { subject } })
}

async function deleteApp(registry: Registry): Promise<void> {
  const deletions = await deleteImages(registry, key, [{ digest: app.digest }], {
    lastTag: 'deletes-image',
    cause,
  })
  expect(deletions).toEqual([{ deleted: [{ digest: app.digest }] }])
}

async function countReferrers(registry: Registry): Promise<number> {
  return (await listReferrers(registry, key, app.digest, { limit: 10 })).referrers.length
}
