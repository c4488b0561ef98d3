import { cp, readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { testUnless } from '../../../tests/support/installed-programs.ts'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { mountTmpfs, whyNoTmpfs } from '../../../tests/support/tmpfs.ts'
import { StorageFullError } from '../../core/errors.ts'
import { DataFolderInUseError } from '../data-folder-lock.ts'
import { openSqliteMetadata } from './sqlite.ts'
import { describeMetadataStore } from './testing/metadata-store-suite.ts'
import { addImage, addRepository, digestFor, type TestMetadata } from './testing/metadata-world.ts'

describeMetadataStore('metadata in SQLite', openTestMetadata)

async function openTestMetadata(): Promise<TestMetadata> {
  const folder = await temporaryFolder()
  const file = join(folder.path, 'metadata.db')
  let store = await openSqliteMetadata({ file })
  return {
    store,
    async reopen() {
      await store[Symbol.asyncDispose]()
      store = await openSqliteMetadata({ file })
      return store
    },
    async execute(statement) {
      const database = new DatabaseSync(file)
      database.exec(statement)
      database.close()
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

test('a file that is open is not opened again', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'metadata.db')
  const store = await openSqliteMetadata({ file })
  await expect(openSqliteMetadata({ file })).rejects.toThrow(DataFolderInUseError)
  await addRepository(store)
  await store[Symbol.asyncDispose]()
  await using again = await openSqliteMetadata({ file })
  await expect(addRepository(again)).rejects.toThrow('there already')
})

test('nobody but the owner can read the files', async () => {
  await using folder = await temporaryFolder()
  const data = join(folder.path, 'data')
  await using store = await openSqliteMetadata({ file: join(data, 'metadata.db') })
  await addRepository(store)
  const modes = await Promise.all(
    ['', 'metadata.db', 'metadata.db-wal', 'metadata.db-shm'].map(async (name) => {
      const { mode } = await stat(join(data, name))
      return (mode & 0o777).toString(8)
    }),
  )
  expect(modes).toEqual(['700', '600', '600', '600'])
})

test('closing waits for the writers in line, and leaves one file and its lock', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'metadata.db')
  const store = await openSqliteMetadata({ file })
  const repository = await addRepository(store)
  const writes = Array.from({ length: 10 }, (_, index) => addImage(store, repository, `image ${index}`))
  await Promise.all([...writes, store[Symbol.asyncDispose]()])
  expect((await readdir(folder.path)).toSorted()).toEqual(['metadata.db', 'metadata.db.lock'])
  await using again = await openSqliteMetadata({ file })
  expect(await again.images.count(repository)).toBe(10)
})

const diskTest = testUnless(await whyNoTmpfs())

diskTest('a full disk is told apart, and what was written before stays', async () => {
  await using disk = await mountTmpfs(2 * 1024 * 1024)
  await using store = await openSqliteMetadata({ file: join(disk.path, 'metadata.db') })
  const repository = await addRepository(store)
  await addImage(store, repository, 'small')
  const tooLarge = addImage(store, repository, 'large', { content: Buffer.alloc(3 * 1024 * 1024) })
  await expect(tooLarge).rejects.toThrow(StorageFullError)
  expect(await store.images.count(repository)).toBe(1)
  expect(await store.images.find(repository, digestFor('large'))).toBeUndefined()
  await addImage(store, repository, 'another small one')
  expect(await store.images.count(repository)).toBe(2)
})

test('a file that is moved stays in its place, and a copy of it is in another', async () => {
  await using folder = await temporaryFolder()
  const [made, moved, copied] = ['made', 'moved', 'copied'].map((name) => join(folder.path, name))
  if (!made || !moved || !copied) throw new RangeError('three folders')
  const placeIn = async (path: string) => {
    await using store = await openSqliteMetadata({ file: join(path, 'metadata.db') })
    return await store.place()
  }
  const { madeAt, ...place } = await placeIn(made)
  await rename(made, moved)
  expect(await placeIn(moved)).toEqual({ madeAt, ...place })
  await cp(moved, copied, { recursive: true, preserveTimestamps: true })
  const copy = await placeIn(copied)
  expect(copy.madeAt).toBe(madeAt)
  expect(copy.id).not.toBe(place.id)
})
