import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../tests/support/temporary-folder.ts'
import { StorageFullError } from '../../../core/errors.ts'
import { migrate } from '../migrations/migrate.ts'
import { openKysely } from '../sqlite/open-kysely.ts'
import { sqliteDialect } from '../sqlite/sqlite-dialect.ts'
import { WriterConnection } from '../sqlite/writer-connection.ts'
import { WriterDriver } from '../sqlite/writer-driver.ts'
import { addImage, addRepository, keyOf, newRepository, noon } from '../testing/metadata-world.ts'
import { kyselyMetadata } from './kysely-metadata.ts'
import type { ErrorMeaning } from './sql-dialect.ts'

/** A store whose database means this by every error. */
async function openStore(meaning: ErrorMeaning) {
  await using opening = new AsyncDisposableStack()
  const folder = opening.use(await temporaryFolder())
  const db = openKysely(new WriterDriver(new WriterConnection(join(folder.path, 'metadata.db'), () => {})))
  opening.defer(() => db.destroy())
  await migrate(db, sqliteDialect, () => noon)
  const owned = opening.move()
  const dialect = { ...sqliteDialect, meaningOf: () => meaning }
  return kyselyMetadata(
    { reader: db, writer: db, [Symbol.asyncDispose]: () => owned.disposeAsync() },
    dialect,
    async () => ({ id: '', run: undefined, bornAt: undefined }),
  )
}

test('a transaction that others got in the way of begins again, with nothing of its first try', async () => {
  await using store = await openStore('again')
  let attempts = 0
  const repository = await store.write(async (tx) => {
    attempts += 1
    const added = await tx.repositories.add(newRepository(keyOf('team/app')))
    if (attempts < 5) throw new Error('in the way')
    return added
  })
  expect(attempts).toBe(5)
  expect(await store.repositories.find(keyOf('team/app'))).toEqual(repository)
})

test('it is not tried for ever', async () => {
  await using store = await openStore('again')
  let attempts = 0
  const writing = store.write(async () => {
    attempts += 1
    throw new Error(`in the way of attempt ${attempts}`)
  })
  await expect(writing).rejects.toThrow('in the way of attempt 5')
})

test('an error that would come again is passed on at once', async () => {
  await using store = await openStore('other')
  let attempts = 0
  const writing = store.write(async () => {
    attempts += 1
    throw new RangeError('wrong')
  })
  await expect(writing).rejects.toThrow(RangeError)
  expect(attempts).toBe(1)
})

test('a full disk has its own error, whatever the database calls it', async () => {
  await using store = await openStore('full')
  const id = await addRepository(store)
  await addImage(store, id, 'image')
  await expect(addImage(store, id, 'image')).rejects.toThrow(StorageFullError)
})
