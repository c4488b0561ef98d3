import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { LayerNotFoundError, LayersNotFoundError } from '../../src/core/images/layer-errors.ts'
import { UploadNotFoundError } from '../../src/core/images/upload-errors.ts'
import type { RepositoryKey } from '../../src/core/names/registry-key.ts'
import { RepositoryNotFoundError } from '../../src/core/repositories/errors.ts'
import { collectGarbage } from '../../src/registry/collect-garbage.ts'
import { createRegistry } from '../../src/registry/create-registry.ts'
import { deleteImages } from '../../src/registry/delete-images.ts'
import { deleteRepository } from '../../src/registry/delete-repository.ts'
import { mountBlob } from '../../src/registry/mount-blob.ts'
import { readBlob } from '../../src/registry/read-blob.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { imageOf, pushBlob, pushManifest, textBlob } from '../../src/registry/testing/test-images.ts'
import { cause, keyOf, makeRepository } from '../../src/registry/testing/test-registry.ts'
import type { BlobStore } from '../../src/stores/blobs/blob-store.ts'
import { openFileBlobStore } from '../../src/stores/blobs/file-blob-store.ts'
import type { MetadataStore } from '../../src/stores/metadata/metadata-store.ts'
import { openPostgresMetadata } from '../../src/stores/metadata/postgres.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const keys = [keyOf('team/one'), keyOf('team/two')] as const
const texts = ['a', 'b', 'c'] as const

/** What one process has of its own. */
interface Process {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
}

/** A registry that keeps what nothing needs for no time at all: whatever can be lost to a race is lost. */
function hasty({ metadata, blobs }: Process, now: () => Date, errors: unknown[]): Registry & AsyncDisposable {
  return createRegistry({
    metadata,
    blobs,
    garbage: { grace: 0, uploadExpiry: 1_000_000_000 },
    now,
    newId: randomUUID,
    onError: (error) => errors.push(error),
    cacheTtl: 0,
  })
}

/** What a client may be told when others delete what it is about to use. */
const fair = [LayerNotFoundError, LayersNotFoundError, RepositoryNotFoundError, UploadNotFoundError]

async function unlessFair<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work
  } catch (error) {
    if (fair.some((kind) => error instanceof kind)) return undefined
    throw error
  }
}

/** Pushes, mounts, pulls and deletes at random, as one of several clients. */
async function useRegistry(registry: Registry, random: SeededRandom, rounds: number): Promise<number> {
  let pushed = 0
  for (let round = 0; round < rounds; round += 1) {
    const key = random.pick(keys)
    const text = random.pick(texts)
    const doing = random.below(10)
    if (doing < 5) pushed += Number(await push(registry, key, text, random))
    else if (doing < 8) await unlessFair(pull(registry, key, text))
    else if (doing === 8) await unlessFair(deleteOne(registry, key, text))
    else
      await unlessFair(deleteRepository(registry, key, { images: 'delete' }).then(() => make(registry, key)))
  }
  return pushed
}

async function push(
  registry: Registry,
  key: RepositoryKey,
  text: string,
  random: SeededRandom,
): Promise<boolean> {
  const from = random.pick(keys)
  for (const part of [`config ${text}`, `layer ${text}`]) {
    const { digest } = textBlob(part)
    const mounted =
      random.below(2) === 0 && (await unlessFair(mountBlob(registry, { repository: key, from, digest })))
    if (!mounted) await unlessFair(pushBlob(registry, key, part))
  }
  return (await unlessFair(pushManifest(registry, key, imageOf(text), 'v1'))) !== undefined
}

function deleteOne(registry: Registry, key: RepositoryKey, text: string) {
  return deleteImages(registry, key, [{ digest: imageOf(text).digest }], { lastTag: 'deletes-image', cause })
}

/** An image that is listed has all its bytes; one that isn't there any more when they are read is no loss. */
async function pull(registry: Registry, key: RepositoryKey, text: string): Promise<void> {
  for (const part of [`config ${text}`, `layer ${text}`]) {
    const bytes = await (await readBlob(registry, key, textBlob(part).digest)).toArray()
    expect(Buffer.concat(bytes).toString()).toBe(part)
  }
}

async function make(registry: Registry, key: RepositoryKey): Promise<void> {
  await makeRepository(registry, key).catch((error: unknown) => {
    expect(error).toMatchObject({ name: 'RepositoryAlreadyExistsError' })
  })
}

async function collectUntil(registry: Registry, isOver: () => boolean): Promise<number> {
  let cycles = 0
  while (!isOver()) {
    const { failures } = await collectGarbage(registry, { rest: () => turnOfOthers(), onFailure: () => {} })
    expect(failures).toBe(0)
    cycles += 1
  }
  return cycles
}

async function expectAllListedWhole(registry: Registry): Promise<void> {
  for (const key of keys) {
    const { id } = (await registry.metadata.repositories.find(key)) ?? { id: 0 }
    for (const text of texts) {
      if (await registry.metadata.images.find(id, imageOf(text).digest)) await pull(registry, key, text)
    }
  }
}

/** Several processes' worth of clients and collectors on the same stores, all at once. */
async function runAtOnce(processes: readonly Process[], rounds: number): Promise<void> {
  await using resources = new AsyncDisposableStack()
  const errors: unknown[] = []
  let time = Date.now() + 1_000_000
  const now = () => new Date(time++)
  const registries = processes.map((process) => resources.use(hasty(process, now, errors)))
  const [first] = registries
  if (first === undefined) throw new RangeError('No process')
  for (const key of keys) await makeRepository(first, key)
  let over = false
  const collecting = registries.map((registry) => collectUntil(registry, () => over))
  const users = registries.flatMap((registry, process) =>
    [1, 2, 3].map((user) => useRegistry(registry, new SeededRandom(`user ${user} of ${process}`), rounds)),
  )
  const pushed = await Promise.all(users).finally(() => {
    over = true
  })
  const cycles = await Promise.all(collecting)
  await expectAllListedWhole(first)
  expect(errors).toEqual([])
  expect(pushed.reduce((sum, count) => sum + count)).toBeGreaterThan(rounds / 4)
  expect(Math.min(...cycles)).toBeGreaterThan(1)
  await expectNothingLeftOver(first)
}

async function expectNothingLeftOver(registry: Registry): Promise<void> {
  for (const key of keys) await unlessFair(deleteRepository(registry, key, { images: 'delete' }))
  await collectGarbage(registry, { rest: () => turnOfOthers(), onFailure: () => {} })
  for await (const digests of registry.blobs.list()) expect(digests).toEqual([])
  for await (const ids of registry.blobs.uploads.list()) expect(ids).toEqual([])
}

describe('while garbage is collected without any grace, clients push, mount, pull and delete at once', () => {
  test('and no image that is listed lacks a byte (SQLite)', async () => {
    await using folder = await temporaryFolder()
    await using metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db') })
    await using blobs = await openFileBlobStore({ folder: folder.path })
    await runAtOnce([{ metadata, blobs }], 150)
  })

  testUnless(missingPostgres() ?? false)('in two processes at that (PostgreSQL)', async () => {
    await using folder = await temporaryFolder()
    await using database = await startPostgresDatabase()
    const open = async () => ({
      metadata: await openPostgresMetadata({ url: database.url }),
      blobs: await openFileBlobStore({ folder: folder.path }),
    })
    const [one, other] = [await open(), await open()]
    await using _one = one.metadata
    await using _other = other.metadata
    await runAtOnce([one, other], 60)
  })
})
