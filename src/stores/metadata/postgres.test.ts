import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingPostgres, startPostgres, type TestPostgres } from '../../../tests/support/start-postgres.ts'
import { openPostgresMetadata } from './postgres.ts'
import { describeMetadataStore } from './testing/metadata-store-suite.ts'
import { addImage, addRepository, keyOf, newImage, type TestMetadata } from './testing/metadata-world.ts'

const missing = missingPostgres()

describe.skipIf(missing)(missing ? `PostgreSQL (${missing})` : 'PostgreSQL', () => {
  let server: TestPostgres
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  describeMetadataStore('metadata in PostgreSQL', openTestMetadata)

  async function openTestMetadata(): Promise<TestMetadata> {
    const database = await server.createDatabase()
    let store = await openPostgresMetadata({ url: database.url })
    return {
      store,
      async reopen() {
        await store[Symbol.asyncDispose]()
        store = await openPostgresMetadata({ url: database.url })
        return store
      },
      execute: (statement) => execute(database.url, statement),
      async [Symbol.asyncDispose]() {
        await store[Symbol.asyncDispose]()
        await database[Symbol.asyncDispose]()
      },
    }
  }

  test('processes that start together on an empty database migrate it once', async () => {
    await using database = await server.createDatabase()
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => openPostgresMetadata({ url: database.url, poolSize: 2 })),
    )
    const adding = await Promise.allSettled(stores.map((store) => addRepository(store)))
    expect(adding.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()))
  })

  test('work that overlooks an error of the database is not taken for done', async () => {
    await using opened = await openTestMetadata()
    const { store } = opened
    const repository = await addRepository(store)
    await addImage(store, repository, 'image')
    const writing = store.write(async (tx) => {
      await tx.repositories.setScanOnPush(repository, true)
      await tx.images.add(repository, newImage('image')).catch(() => {})
    })
    await expect(writing).rejects.toThrow('current transaction is aborted')
    expect((await store.repositories.find(keyOf('team/app')))?.scanOnPush).toBe(false)
  })

  test('many who wait for one repository do not keep readers waiting', async () => {
    await using opened = await openTestMetadata()
    const { store } = opened
    await addRepository(store)
    const held = Promise.withResolvers<void>()
    const waiting = Array.from({ length: 20 }, () =>
      store.write(async (tx) => {
        await tx.repositories.lock(keyOf('team/app'))
        await held.promise
      }),
    )
    expect(await store.repositories.find(keyOf('team/app'))).toBeDefined()
    held.resolve()
    await Promise.all(waiting)
  })

  test('a connection that is lost while idle is told of, and replaced', async () => {
    await using database = await server.createDatabase()
    const lost: Error[] = []
    const told = Promise.withResolvers<void>()
    await using store = await openPostgresMetadata({
      url: database.url,
      onConnectionLost: (error) => {
        lost.push(error)
        told.resolve()
      },
    })
    await addRepository(store)
    await endOtherConnections(database.url)
    await told.promise
    expect(await store.repositories.find(keyOf('team/app'))).toBeDefined()
    expect(lost.length).toBeGreaterThan(0)
  })

  test('a connection that is lost between two statements of a transaction fails it alone', async () => {
    await using database = await server.createDatabase()
    const told = Promise.withResolvers<Error>()
    await using store = await openPostgresMetadata({ url: database.url, onConnectionLost: told.resolve })
    const writing = store.write(async (tx) => {
      await tx.repositories.lock(keyOf('team/app'))
      await endOtherConnections(database.url)
      await told.promise
      await tx.repositories.lock(keyOf('team/app'))
    })
    await expect(writing).rejects.toThrow()
    await addRepository(store)
    expect(await store.repositories.find(keyOf('team/app'))).toBeDefined()
  })
})

const endOtherConnections = (url: string) =>
  execute(
    url,
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
