import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRepositoryName, type RepositoryName } from '../../../core/names/repository-name.ts'
import type { Repository } from '../../../core/repositories/repository.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addBlob,
  addImage,
  addRepository,
  addUpload,
  allPages,
  inByteOrder,
  keyOf,
  newRepository,
  noon,
  type OpenMetadata,
  openForAll,
} from './metadata-world.ts'

const anySettings: fc.Arbitrary<Omit<Repository, 'id' | 'account' | 'region' | 'name'>> = fc.record({
  createdAt: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
  tagMutability: fc.record({
    mode: fc.constantFrom('MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'),
    exclusions: fc.array(fc.string(), { maxLength: 5 }),
  }),
  scanOnPush: fc.boolean(),
  encryption: fc.oneof(
    fc.constant({ type: 'AES256' as const }),
    fc.record({ type: fc.constantFrom('KMS', 'KMS_DSSE'), kmsKey: fc.string({ minLength: 1 }) }),
  ),
})

/** Names that differ in the characters that pattern matching or sorting by language would treat alike. */
const anyName = fc
  .stringMatching(/^[a-c]{1,2}([._/-][ab]{1,2}){0,2}$/)
  .filter((name) => name.length >= 2)
  .map(parseRepositoryName)

export function describeRepositories(open: OpenMetadata): void {
  describe('repositories', () => {
    let store: MetadataStore
    openForAll(open, (opened) => {
      store = opened.store
    })
    const clear = () => store.write((tx) => tx.repositories.deleteAll(noon))

    test('are counted by registry, so that of many that race for the last places the others are refused', async () => {
      const others = keyOf('team/app', '111122223333')
      await addRepository(store, others)
      const before = await store.repositories.count(keyOf('team/app'))
      const limit = before + 3
      const race = Array.from({ length: 8 }, (_, at) =>
        store.write(async (tx) => {
          await tx.repositories.add(newRepository(keyOf(`race/${at}`)))
          if ((await tx.repositories.count(keyOf('team/app'))) > limit) throw new Error('full')
        }),
      )
      const outcomes = await Promise.allSettled(race)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
      expect(await store.repositories.count(keyOf('team/app'))).toBe(limit)
      expect(await store.repositories.count(others)).toBe(1)
      const { id = 0 } = (await store.repositories.find(others)) ?? {}
      await store.write((tx) => tx.repositories.delete(id, noon))
      await store.write((tx) => tx.repositories.delete(id, noon))
      expect(await store.repositories.count(others)).toBe(0)
    })

    test('come back as they were added', async () => {
      await fc.assert(
        fc.asyncProperty(anySettings, async (settings) => {
          await clear()
          const key = keyOf('team/app')
          const added = await store.write((tx) => tx.repositories.add({ ...key, ...settings }))
          expect(added).toEqual({ id: added?.id, ...key, ...settings })
          expect(await store.repositories.find(key)).toEqual(added)
          expect(await store.write((tx) => tx.repositories.lock(key))).toEqual(added)
        }),
        { numRuns: 30 },
      )
    })

    test('are found by account, region and whole name alone', async () => {
      await clear()
      const keys = [
        keyOf('team/a_p'),
        keyOf('team/a-p'),
        keyOf('team/a_p', '111122223333'),
        keyOf('team/a_p', '000000000000', 'eu-west-1'),
      ]
      const ids = await Promise.all(keys.map((key) => addRepository(store, key)))
      const found = await Promise.all(keys.map((key) => store.repositories.find(key)))
      expect(found.map((repository) => repository?.id)).toEqual(ids)
      expect(new Set(ids).size).toBe(keys.length)
      expect(await store.repositories.find(keyOf('team/axp'))).toBeUndefined()
      expect(await store.repositories.find(keyOf('team/a_p', '111122223333', 'eu-west-1'))).toBeUndefined()
    })

    test('have one owner of a name, and the loser goes on', async () => {
      await clear()
      const key = keyOf('team/app')
      await addRepository(store, key)
      const other = await store.write(async (tx) => {
        expect(await tx.repositories.add(newRepository(key))).toBeUndefined()
        return tx.repositories.add(newRepository(keyOf('team/other')))
      })
      expect(await store.repositories.find(keyOf('team/other'))).toEqual(other)
    })

    test('that are added at once under one name are added once', async () => {
      await clear()
      const add = () => store.write((tx) => tx.repositories.add(newRepository(keyOf('team/app'))))
      const added = await Promise.all(Array.from({ length: 8 }, add))
      expect(added.filter((repository) => repository !== undefined)).toHaveLength(1)
    })

    test('are listed in byte order, page by page, registry by registry', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(anyName, { maxLength: 25 }),
          fc.integer({ min: 1, max: 8 }),
          async (names, limit) => {
            await clear()
            await addRepository(store, keyOf('elsewhere', '111122223333'))
            await store.write(async (tx) => {
              for (const name of names) await tx.repositories.add(newRepository({ ...keyOf('xx'), name }))
            })
            const listed = await allPages<Repository, RepositoryName>(
              (page) => store.repositories.list(keyOf('xx'), page),
              {
                limit,
                cursorOf: ({ name }) => name,
              },
            )
            expect(listed.map(({ name }) => name)).toEqual(inByteOrder(names))
            expect(await store.repositories.count(keyOf('xx'))).toBe(names.length)
          },
        ),
        { numRuns: 30 },
      )
    })

    test('change their settings one by one', async () => {
      await clear()
      const [id, other] = [await addRepository(store), await addRepository(store, keyOf('team/other'))]
      const tagMutability = { mode: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['dev*', '%_'] } as const
      await store.write((tx) => tx.repositories.setTagMutability(id, tagMutability))
      await store.write((tx) => tx.repositories.setScanOnPush(id, true))
      expect(await store.repositories.find(keyOf('team/app'))).toMatchObject({
        tagMutability,
        scanOnPush: true,
      })
      const untouched = { ...newRepository(keyOf('team/other')), id: other }
      expect(await store.repositories.find(keyOf('team/other'))).toEqual(untouched)
    })

    test('take everything with them when they go, and nothing of others', async () => {
      await clear()
      const [id, other] = [await addRepository(store), await addRepository(store, keyOf('team/other'))]
      const contents = await Promise.all([fill(store, id), fill(store, other)])
      expect(await kindsLeft(store, id, contents[0])).toBe(8)
      await store.write((tx) => tx.repositories.delete(id, noon))
      expect(await kindsLeft(store, id, contents[0])).toBe(0)
      expect(await kindsLeft(store, other, contents[1])).toBe(8)
      await store.write((tx) => tx.repositories.deleteAll(noon))
      expect(await kindsLeft(store, other, contents[1])).toBe(0)
    })

    test('never get an id that another one had', async () => {
      await clear()
      const first = await addRepository(store)
      await clear()
      expect(await addRepository(store)).toBeGreaterThan(first)
    })
  })
}

async function fill(store: MetadataStore, repositoryId: number) {
  const blob = await addBlob(store, repositoryId, 'layer')
  const child = await addImage(store, repositoryId, 'child', { blobs: [blob.digest], tags: ['v1'] })
  await addImage(store, repositoryId, 'index', { children: [child], subject: child })
  await store.write((tx) => tx.resourceTags.put(repositoryId, new Map([['team', 'a']])))
  return { blob, child, upload: await addUpload(store, repositoryId) }
}

/** How many of the eight kinds of things that `fill` added are still to be found. */
async function kindsLeft(store: MetadataStore, id: number, was: Awaited<ReturnType<typeof fill>>) {
  const left = await Promise.all([
    store.images.list(id, { tagStatus: 'ANY', limit: 10 }),
    store.images.indexesOf(id, was.child),
    store.images.referrersOf(id, was.child, { limit: 10 }),
    store.tags.list(id, { limit: 10 }),
    store.blobLinks.findMany(id, [was.blob.digest]),
    store.blobLinks.isReferenced(id, was.blob.digest),
    store.uploads.find(id, was.upload.id),
    store.resourceTags.of(id),
  ])
  return left.filter(isSomething).length
}

function isSomething(found: unknown): boolean {
  if (Array.isArray(found)) return found.length > 0
  if (found instanceof Map) return found.size > 0
  return Boolean(found)
}
