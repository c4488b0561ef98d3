import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { LeasedJob } from '../jobs.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

/** What workers rely on to share their work. */
export function describeJobs(open: OpenMetadata): void {
  let store: MetadataStore
  let round = 0
  let kind: string
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(() => {
    round += 1
    kind = `kind-${round}`
  })

  const add = (key: string, seconds: number) =>
    store.write((tx) => tx.jobs.add({ kind, key }, secondsAfterNoon(seconds)))
  const take = (seconds: number, options: { readonly limit?: number; readonly lease?: string } = {}) =>
    store.write((tx) =>
      tx.jobs.take({
        kind,
        limit: options.limit ?? 10,
        now: secondsAfterNoon(seconds),
        until: secondsAfterNoon(seconds + 60),
        lease: options.lease ?? 'worker',
      }),
    )
  const takeOne = async (seconds: number, lease = 'worker'): Promise<LeasedJob> => {
    const [job] = await take(seconds, { lease })
    if (job === undefined) throw new Error('Nothing is due')
    return job
  }
  const finish = (job: LeasedJob, seconds: number, next?: number) =>
    store.write((tx) =>
      tx.jobs.finish(job, {
        at: secondsAfterNoon(seconds),
        next: next === undefined ? undefined : secondsAfterNoon(next),
      }),
    )
  const keysTaken = async (...asked: Parameters<typeof take>) => (await take(...asked)).map(({ key }) => key)

  describe('jobs', () => {
    test('are taken when they are due, the longest due first', async () => {
      await add('late', 30)
      await add('early', 10)
      await add('middle', 20)
      expect(await take(9)).toEqual([])
      expect(await keysTaken(25, { limit: 1 })).toEqual(['early'])
      expect(await keysTaken(25)).toEqual(['middle'])
      expect(await keysTaken(30)).toEqual(['late'])
    })

    test('of one name are one, due at the earliest time asked for', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uuid(), fc.array(fc.nat(100), { minLength: 1 }), async (key, times) => {
          for (const time of times) await add(key, time)
          expect((await store.jobs.find({ kind, key }))?.dueAt).toEqual(secondsAfterNoon(Math.min(...times)))
        }),
        { numRuns: 20 },
      )
    })

    test('are listed by kind and key, page by page', async () => {
      for (const key of ['b', 'a', 'c']) await add(key, 10)
      const first = await store.jobs.list({ kind, limit: 2 })
      expect(first.map(({ key }) => key)).toEqual(['a', 'b'])
      const rest = await store.jobs.list({ kind, limit: 2, after: first.at(-1) })
      expect(rest).toMatchObject([{ kind, key: 'c', dueAt: secondsAfterNoon(10), isRunning: false }])
      const all = await store.jobs.list({ limit: 1_000 })
      expect(all.filter((job) => job.kind === kind)).toHaveLength(3)
    })

    test('tell when the first of each kind is due', async () => {
      await add('one', 20)
      await add('other', 10)
      const due = await store.jobs.nextDue([kind, 'unheard-of'])
      expect([...due]).toEqual([[kind, secondsAfterNoon(10)]])
    })

    test('of a kind can be taken back, also while one runs', async () => {
      await add('runs', 10)
      await add('waits', 99)
      const running = await takeOne(10)
      await store.write((tx) => tx.jobs.add({ kind: 'other', key: 'stays' }, secondsAfterNoon(20)))
      await store.write((tx) => tx.jobs.deleteKind(kind))
      expect(await store.jobs.list({ kind, limit: 9 })).toEqual([])
      expect(await store.jobs.find({ kind: 'other', key: 'stays' })).toBeDefined()
      expect(await finish(running, 11, 50)).toBe(false)
    })

    test('are gone when they have succeeded', async () => {
      await add('key', 0)
      const job = await takeOne(0)
      expect(job).toEqual({ kind, key: 'key', lease: 'worker', attempt: 1 })
      expect(await store.jobs.find(job)).toMatchObject({ isRunning: true, attempts: 1 })
      expect(await finish(job, 1)).toBe(true)
      expect(await store.jobs.find(job)).toBeUndefined()
    })

    test('run again when they were asked for meanwhile, once', async () => {
      await add('key', 0)
      const job = await takeOne(0)
      await add('key', 8)
      await add('key', 5)
      await add('key', 9)
      expect(await take(10)).toEqual([])
      await finish(job, 20)
      expect(await store.jobs.find(job)).toMatchObject({ dueAt: secondsAfterNoon(5), isRunning: false })
      await finish(await takeOne(20), 21)
      expect(await store.jobs.find(job)).toBeUndefined()
    })

    test('that come again wait for the next time, or the earlier one asked for', async () => {
      await add('key', 0)
      await finish(await takeOne(0), 1, 3600)
      expect(await store.jobs.find({ kind, key: 'key' })).toMatchObject({
        dueAt: secondsAfterNoon(3600),
        finishedAt: secondsAfterNoon(1),
      })
      await add('key', 10)
      const job = await takeOne(10)
      await add('key', 12)
      await finish(job, 20, 3620)
      expect((await store.jobs.find(job))?.dueAt).toEqual(secondsAfterNoon(12))
    })

    test('that failed wait as long as they are told to, and count', async () => {
      await add('key', 0)
      const job = await takeOne(0)
      await store.write((tx) => tx.jobs.fail(job, { next: secondsAfterNoon(30), error: 'no luck' }))
      expect(await store.jobs.find(job)).toMatchObject({
        dueAt: secondsAfterNoon(30),
        isRunning: false,
        lastError: 'no luck',
      })
      const again = await takeOne(30)
      expect(again.attempt).toBe(2)
      await finish(again, 31, 3600)
      expect(await store.jobs.find(job)).not.toHaveProperty('lastError')
      expect((await takeOne(3600)).attempt).toBe(1)
    })

    test('of a worker that died are taken by another when the lease has run out', async () => {
      await add('key', 0)
      const dead = await takeOne(0, 'dead')
      expect(await take(59)).toEqual([])
      const job = await takeOne(60, 'alive')
      expect(job.attempt).toBe(2)
      expect(await finish(dead, 61)).toBe(false)
      expect(await store.write((tx) => tx.jobs.renew(dead, { until: secondsAfterNoon(999) }))).toBe(false)
      expect(await store.write((tx) => tx.jobs.fail(dead, { next: secondsAfterNoon(0), error: '' }))).toBe(
        false,
      )
      expect(await finish(job, 62)).toBe(true)
    })

    test('stay with a worker that renews its lease, and show how far it is', async () => {
      await add('key', 0)
      const job = await takeOne(0)
      const renewal = { until: secondsAfterNoon(120), progress: { done: 7 } }
      expect(await store.write((tx) => tx.jobs.renew(job, renewal))).toBe(true)
      expect((await store.jobs.find(job))?.progress).toEqual({ done: 7 })
      expect(await take(119)).toEqual([])
      expect(await keysTaken(120, { lease: 'next' })).toEqual(['key'])
    })

    test('that were stopped are due at once, and that try is not counted', async () => {
      await add('key', 0)
      const job = await takeOne(0)
      await store.write((tx) => tx.jobs.release(job, secondsAfterNoon(5)))
      expect(await take(4)).toEqual([])
      expect((await takeOne(5)).attempt).toBe(1)
    })

    test('are not there when the transaction that caused them fails', async () => {
      const failing = store.write(async (tx) => {
        await tx.jobs.add({ kind, key: 'key' }, secondsAfterNoon(0))
        throw new RangeError('no further')
      })
      await expect(failing).rejects.toThrow(RangeError)
      expect(await take(10)).toEqual([])
    })

    test('are each taken by one of many workers', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`)
      await Promise.all(keys.map((key) => add(key, 0)))
      const taken = await Promise.all(
        Array.from({ length: 30 }, (_, index) => keysTaken(0, { limit: 3, lease: `worker ${index}` })),
      )
      const rest = await keysTaken(0, { limit: 100, lease: 'last' })
      expect([...taken.flat(), ...rest].toSorted()).toEqual(keys.toSorted())
    })
  })
}
