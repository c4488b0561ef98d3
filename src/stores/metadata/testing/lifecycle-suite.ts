import { beforeEach, describe, expect, test } from 'vitest'
import type { LifecycleCursor, PackedChunk, PreviewChunk, PreviewResult, SizedImage } from '../lifecycle.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { packResults } from '../packed-results.ts'
import {
  addImage,
  addRepository,
  allPages,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
  type TestMetadata,
} from './metadata-world.ts'

const policy = { id: 'first', text: '{"rules":[]}', language: 'ecr', putAt: noon } as const

function packed({ place, results }: PreviewChunk): PackedChunk {
  return { place, results: packResults(results) }
}

/** Lifecycle policies, what they see, and previews of what they would do. */
export function describeLifecycle(open: OpenMetadata): void {
  let opened: TestMetadata
  let store: MetadataStore
  let repository: number
  openForAll(open, (each) => {
    opened = each
    store = opened.store
  })
  beforeEach(async () => {
    await store.write((tx) => tx.repositories.deleteAll(noon))
    repository = await addRepository(store)
  })

  describe('a lifecycle policy', () => {
    test('is kept until it is deleted, and takes the place of the one before', async () => {
      expect(await store.lifecycle.policy(repository)).toBeUndefined()
      expect(await store.lifecycle.hasPolicy(repository)).toBe(false)
      await store.write((tx) => tx.lifecycle.putPolicy(repository, policy))
      expect(await store.lifecycle.policy(repository)).toEqual(policy)
      expect(await store.lifecycle.hasPolicy(repository)).toBe(true)
      await store.write((tx) => tx.lifecycle.setEvaluated(repository, 'first', noon))
      const second = { ...policy, id: 'second', language: 'berth' } as const
      await store.write((tx) => tx.lifecycle.putPolicy(repository, second))
      expect(await store.lifecycle.policy(repository)).toEqual(second)
      await store.write((tx) => tx.lifecycle.deletePolicy(repository))
      expect(await store.lifecycle.policy(repository)).toBeUndefined()
    })

    test('is evaluated only while it is in force', async () => {
      await store.write((tx) => tx.lifecycle.putPolicy(repository, policy))
      await store.write((tx) => tx.lifecycle.setEvaluated(repository, 'another', noon))
      expect(await store.lifecycle.policy(repository)).toEqual(policy)
      await store.write((tx) => tx.lifecycle.setEvaluated(repository, 'first', noon))
      expect(await store.lifecycle.policy(repository)).toEqual({ ...policy, lastEvaluatedAt: noon })
    })

    test('goes with its repository', async () => {
      await store.write((tx) => tx.lifecycle.putPolicy(repository, policy))
      await store.write((tx) => tx.repositories.delete(repository, noon))
      expect(await store.lifecycle.policy(repository)).toBeUndefined()
    })
  })

  describe('images for a policy', () => {
    const all = (limit = 100, subjectsSince = noon) =>
      allPages<SizedImage, LifecycleCursor>(
        (page) => store.lifecycle.images(repository, { ...page, subjectsSince }),
        {
          limit,
          cursorOf: ({ digest, pushedAt, lastActivatedAt }) => ({
            freshAt: lastActivatedAt ?? pushedAt,
            digest,
          }),
        },
      )
    const protection = async () => new Map((await all()).map((image) => [image.digest, image.protectedBy]))

    test('come newest first with their tags, in pages of any length', async () => {
      await addImage(store, repository, 'old', { pushedAt: secondsAfterNoon(-9), tags: ['b', 'a'] })
      await addImage(store, repository, 'new', { lastPulledAt: secondsAfterNoon(5) })
      for (const name of ['x', 'y', 'z']) {
        await addImage(store, repository, name, { pushedAt: secondsAfterNoon(-1), tags: [name] })
      }
      await addImage(store, await addRepository(store, keyOf('team/other')), 'elsewhere')
      const images = await all()
      expect(images[0]).toEqual({
        digest: digestFor('new'),
        tags: [],
        pushedAt: noon,
        lastPulledAt: secondsAfterNoon(5),
        storage: 'ACTIVE',
        sizeInBytes: 1234,
      })
      expect(images.at(-1)?.tags.toSorted()).toEqual(['a', 'b'])
      const equals = ['x', 'y', 'z'].map(digestFor).sort()
      expect(images.slice(1, 4).map(({ digest }) => digest)).toEqual(equals)
      for (const limit of [1, 2, 3]) expect(await all(limit)).toEqual(images)
    })

    test('are protected by an index that lists them, for as long as it is here', async () => {
      const child = await addImage(store, repository, 'child')
      const index = await addImage(store, repository, 'index', { children: [child] })
      const other = await addRepository(store, keyOf('team/other'))
      await addImage(store, other, 'index elsewhere', { children: [index] })
      expect(await protection()).toEqual(
        new Map([
          [child, 'index'],
          [index, undefined],
        ]),
      )
      await store.write((tx) => tx.images.delete(repository, index, noon))
      expect(await protection()).toEqual(new Map([[child, undefined]]))
    })

    test('are protected by an index that was here before them', async () => {
      const child = digestFor('child')
      await addImage(store, repository, 'index', { children: [child] })
      for (const _ of ['pushed', 'deleted and pushed again']) {
        await addImage(store, repository, 'child')
        expect((await protection()).get(child)).toBe('index')
        await store.write((tx) => tx.images.delete(repository, child, noon))
      }
    })

    test('that a version wrote which did not note what is listed are protected all the same', async () => {
      const child = await addImage(store, repository, 'child')
      await addImage(store, repository, 'index', { children: [child] })
      await opened.execute('alter table images drop column listed')
      await opened.execute("delete from schema_migrations where name = '0016-listed-images'")
      store = await opened.reopen()
      expect((await protection()).get(child)).toBe('index')
    })

    test('come in the order of their return from the archive, if they were there', async () => {
      await addImage(store, repository, 'young', { pushedAt: secondsAfterNoon(-1) })
      const lastActivatedAt = secondsAfterNoon(5)
      await addImage(store, repository, 'back', { pushedAt: secondsAfterNoon(-9), lastActivatedAt })
      for (const limit of [1, 100]) {
        expect((await all(limit)).map(({ digest }) => digest)).toEqual(['back', 'young'].map(digestFor))
      }
    })

    test('are protected against deletion alone by an index that is archived', async () => {
      const child = await addImage(store, repository, 'child')
      const index = await addImage(store, repository, 'index', { children: [child], storage: 'ARCHIVED' })
      expect((await protection()).get(child)).toBe('archived-index')
      await store.write((tx) => tx.images.setStorage(repository, index, { storage: 'ACTIVATING' }))
      expect((await protection()).get(child)).toBe('index')
    })

    test('are protected by their subject, and for a while after it was deleted', async () => {
      const subject = await addImage(store, repository, 'subject')
      const referrer = await addImage(store, repository, 'referrer', { subject })
      const orphan = await addImage(store, repository, 'orphan', { subject: digestFor('never here') })
      const found = await protection()
      expect(found.get(referrer)).toBe('subject')
      expect(found.get(orphan)).toBeUndefined()
      const cause = { actor: 'someone', reason: 'delete' } as const
      await store.write(async (tx) => {
        await tx.history.keep(repository, subject, { tags: [], at: noon, cause, deletion: 'one' })
        await tx.images.delete(repository, subject, noon)
      })
      const protectionSince = async (since: Date) =>
        (await all(100, since)).find(({ digest }) => digest === referrer)?.protectedBy
      expect(await protectionSince(secondsAfterNoon(-1))).toBe('subject')
      expect(await protectionSince(noon)).toBeUndefined()
    })
  })

  describe('a preview', () => {
    const asked = { text: '{}', language: 'ecr', startedAt: noon } as const
    const result = (name: string, seconds: number): PreviewResult => ({
      digest: digestFor(name),
      tags: ['v1', 'v2'],
      pushedAt: secondsAfterNoon(seconds),
      priority: 3,
      action: 'expire',
      storage: 'standard',
    })
    const begin = async () => {
      const run = await store.write((tx) => tx.lifecycle.beginPreviewRun(repository))
      if (run === undefined) throw new Error('There is no preview to make')
      return run
    }
    beforeEach(() => store.write((tx) => tx.lifecycle.startPreview(repository, asked)))

    test('is in progress until a run ends it', async () => {
      expect(await store.lifecycle.preview(repository)).toMatchObject({ ...asked, status: 'IN_PROGRESS' })
      const run = await begin()
      const end = { status: 'COMPLETE', expiring: 7, archiving: 2 } as const
      await store.write((tx) => tx.lifecycle.endPreviewRun(repository, run, end))
      expect(await store.lifecycle.preview(repository)).toEqual({ ...asked, ...end, run })
      expect(await store.write((tx) => tx.lifecycle.beginPreviewRun(repository))).toBeUndefined()
    })

    test('is ended by its latest run alone', async () => {
      const overtaken = await begin()
      await begin()
      const end = { status: 'COMPLETE', expiring: 7, archiving: 0 } as const
      await store.write((tx) => tx.lifecycle.endPreviewRun(repository, overtaken, end))
      expect(await store.lifecycle.preview(repository)).toMatchObject({ status: 'IN_PROGRESS', expiring: 0 })
    })

    test('gives its results back, the last chunk first', async () => {
      const run = await begin()
      const newer = { place: 0, results: [result('a', 4), result('b', 3)] }
      const older = { place: 1, results: [result('c', 3), result('d', 1)] }
      await store.write(async (tx) => {
        await tx.lifecycle.addPreviewChunk(repository, run, packed(newer))
        await tx.lifecycle.addPreviewChunk(repository, run, packed(older))
      })
      const { lifecycle } = store
      expect(await lifecycle.previewChunk(repository, run)).toEqual(older)
      expect(await lifecycle.previewChunk(repository, run, 1)).toEqual(newer)
      expect(await lifecycle.previewChunk(repository, run, 0)).toBeUndefined()
      expect(await lifecycle.previewChunk(repository, run + 1)).toBeUndefined()
      const at = (seconds: number) => lifecycle.previewChunksAt(repository, run, secondsAfterNoon(seconds))
      expect(await at(3)).toEqual([newer, older])
      expect(await at(1)).toEqual([older])
      expect(await at(9)).toEqual([])
    })

    test('forgets the results of earlier runs, some at a time', async () => {
      const earlier = await begin()
      await store.write(async (tx) => {
        for (let place = 0; place < 5; place += 1) {
          await tx.lifecycle.addPreviewChunk(
            repository,
            earlier,
            packed({ place, results: [result('a', 1)] }),
          )
        }
      })
      const run = await begin()
      const chunk = { place: 0, results: [result('b', 1)] }
      await store.write((tx) => tx.lifecycle.addPreviewChunk(repository, run, packed(chunk)))
      const remove = () => store.write((tx) => tx.lifecycle.removePreviewChunks(repository, run, 3))
      expect([await remove(), await remove(), await remove()]).toEqual([3, 2, 0])
      expect(await store.lifecycle.previewChunk(repository, run)).toEqual(chunk)
    })
  })
}
