import { describe, expect, test } from 'vitest'
import type { Queue } from '../../../core/queues/queue.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account, region } = keyOf('web')

/** What queues rely on. */
export function describeQueues(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  async function makeQueue(name: string): Promise<Queue> {
    const made = {
      account,
      region,
      name,
      attributes: { DelaySeconds: '1' },
      createdAt: noon,
      changedAt: noon,
    }
    await store.write((tx) => tx.queues.addQueue(made))
    const queue = await store.queues.queue(made)
    if (queue === undefined) throw new RangeError(`there is no ${name}`)
    return queue
  }

  const send = (queue: Queue, ...names: readonly string[]) =>
    store.write((tx) =>
      tx.queues.send(
        queue,
        names.map((name) => ({
          messageId: name,
          body: name,
          attributes: {},
          sender: 'me',
          sentAt: noon,
          visibleAt: noon,
        })),
        secondsAfterNoon(100),
      ),
    )

  const take = (queue: Queue, second: number, hidden: number, limit = 10) =>
    store.write((tx) =>
      tx.queues.take(queue, {
        limit,
        now: secondsAfterNoon(second),
        visibleAt: secondsAfterNoon(second + hidden),
        handle: `h${second}`,
      }),
    )
  const names = (messages: Awaited<ReturnType<typeof take>>) => messages.map(({ body }) => body)

  describe('queues', () => {
    test('have one name each, and are listed by it', async () => {
      const queue = await makeQueue('one')
      expect(await makeQueue('one')).toEqual(queue)
      await makeQueue('two')
      const listed = await store.queues.queues({ account, region }, { prefix: 't', limit: 9 })
      expect(listed.map(({ name }) => name)).toEqual(['two'])
    })

    test('give a message to one at a time, again when it was hidden long enough, and not after its end', async () => {
      const queue = await makeQueue('taken')
      await send(queue, 'a', 'b', 'c')
      expect(await store.queues.counts(queue, noon)).toEqual({ visible: 3, inFlight: 0, delayed: 0 })
      const taken = await Promise.all([take(queue, 0, 10, 2), take(queue, 0, 10, 2)])
      expect(taken.flatMap(names).toSorted()).toEqual(['a', 'b', 'c'])
      expect(await store.queues.counts(queue, noon)).toEqual({ visible: 0, inFlight: 3, delayed: 0 })
      expect(names(await take(queue, 9, 10))).toEqual([])
      const again = await take(queue, 10, 10)
      expect(again.map(({ receives }) => receives)).toEqual([2, 2, 2])
      expect(names(await take(queue, 100, 10))).toEqual([])
    })

    test('delete and hide by the latest handle alone', async () => {
      const queue = await makeQueue('handled')
      await send(queue, 'a')
      const [first] = await take(queue, 0, 1)
      const [second] = await take(queue, 1, 10)
      if (!first || !second) throw new RangeError('two messages')
      await store.write((tx) => tx.queues.delete(queue, first))
      const when = { now: secondsAfterNoon(2), visibleAt: secondsAfterNoon(3) }
      expect(await store.write((tx) => tx.queues.hide(queue, first, when))).toBe(false)
      expect(await store.write((tx) => tx.queues.hide(queue, second, when))).toBe(true)
      const [third] = await take(queue, 3, 10)
      if (!third) throw new RangeError('a third message')
      await store.write((tx) => tx.queues.delete(queue, third))
      expect(names(await take(queue, 50, 10))).toEqual([])
    })

    test('lose what is moved, purged, over or deleted with them', async () => {
      const [from, to] = [await makeQueue('from'), await makeQueue('to')]
      await send(from, 'moved', 'purged')
      const [message] = await take(from, 0, 10, 1)
      if (!message) throw new RangeError('a message')
      const how = { now: noon, until: secondsAfterNoon(50), source: 'arn' }
      await store.write((tx) => tx.queues.move([message], to, how))
      await store.write((tx) => tx.queues.purge(from))
      expect(names(await take(from, 20, 1))).toEqual([])
      expect(await take(to, 0, 1)).toMatchObject([{ body: 'moved', receives: 1, source: 'arn' }])
      await store.write((tx) => tx.queues.deleteQueue(to))
      expect(await store.queues.queue(to)).toBeUndefined()
      let forgotten = 0
      for (let some = 1; some > 0; forgotten += some) {
        some = await store.write((tx) => tx.queues.forget(secondsAfterNoon(200), 2))
      }
      expect(forgotten).toBeGreaterThan(0)
      expect(await store.queues.counts(to, noon)).toEqual({ visible: 0, inFlight: 0, delayed: 0 })
    })
  })
}
