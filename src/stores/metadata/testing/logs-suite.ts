import { describe, expect, test } from 'vitest'
import type { LogEvent } from '../../../core/log-events/log-event.ts'
import type { LogGroup } from '../../../core/log-events/log-group.ts'
import type { LogStream } from '../logs.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account, region } = keyOf('web')
const registry = { account, region }
const elsewhere = { account, region: keyOf('web', account, 'eu-west-2').region }
const day = 24 * 60 * 60 * 1000

/** What logs rely on. */
export function describeLogs(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  async function makeGroup(name: string): Promise<LogGroup> {
    const added = await store.write((tx) => tx.logs.addGroup({ ...registry, name, createdAt: noon }))
    const group = await store.logs.group({ ...registry, name })
    if (!added || group === undefined) throw new RangeError(`${name} is there already`)
    return group
  }

  async function makeStream(group: LogGroup, name: string): Promise<LogStream> {
    await store.write((tx) => tx.logs.addStream(group, { name, createdAt: noon }))
    const stream = await store.logs.stream(group, name)
    if (stream === undefined) throw new RangeError(`there is no ${name}`)
    return stream
  }

  function append(stream: LogStream, events: readonly LogEvent[]): Promise<boolean> {
    return store.write((tx) => tx.logs.append(stream, { events, bytes: events.length * 27, at: noon }))
  }

  const eventsAt = (...seconds: readonly number[]) =>
    seconds.map((second) => ({ timestamp: secondsAfterNoon(second).getTime(), message: String(second) }))

  describe('log groups', () => {
    test('have one name each in a registry, and are listed by it', async () => {
      const names = ['/ecs/web', '/ecs/api', 'Other_%']
      for (const name of names) await makeGroup(name)
      const again = store.write((tx) =>
        tx.logs.addGroup({ ...registry, name: '/ecs/web', createdAt: secondsAfterNoon(1) }),
      )
      expect(await again).toBe(false)
      const listed = async (page: Partial<Parameters<MetadataStore['logs']['groups']>[1]>) =>
        (await store.logs.groups(registry, { limit: 9, ...page })).map(({ name }) => name)
      expect(await listed({})).toEqual(['/ecs/api', '/ecs/web', 'Other_%'])
      expect(await listed({ prefix: '/ecs/', after: '/ecs/api' })).toEqual(['/ecs/web'])
      expect(await listed({ contains: 'WEB' })).toEqual(['/ecs/web'])
      expect(await listed({ contains: '_%' })).toEqual(['Other_%'])
      expect(await store.logs.groups(elsewhere, { limit: 9 })).toEqual([])
    })

    test('keep their events as long as they are told', async () => {
      const group = await makeGroup('kept')
      expect(group.retentionInDays).toBeUndefined()
      await store.write((tx) => tx.logs.setRetention(group, 7))
      expect(await store.logs.group(group)).toEqual({ ...group, retentionInDays: 7 })
      await store.write((tx) => tx.logs.setRetention(group, undefined))
      expect(await store.logs.group(group)).toEqual(group)
    })
  })

  describe('log streams', () => {
    test('are listed by name or by their latest events, either way', async () => {
      const group = await makeGroup('ordered')
      const [a, b, c] = [
        await makeStream(group, 'a'),
        await makeStream(group, 'b'),
        await makeStream(group, 'c'),
      ]
      await append(b, eventsAt(5, 6))
      await append(a, eventsAt(7))
      const listed = async (page: Partial<Parameters<MetadataStore['logs']['streams']>[1]>) => {
        const streams = await store.logs.streams(group, {
          order: 'name',
          descending: false,
          limit: 9,
          ...page,
        })
        return streams.map(({ name }) => name)
      }
      expect(await listed({})).toEqual(['a', 'b', 'c'])
      expect(await listed({ descending: true, after: { latest: 0, name: 'c' } })).toEqual(['b', 'a'])
      expect(await listed({ prefix: 'b' })).toEqual(['b'])
      expect(await listed({ order: 'latest-event' })).toEqual(['c', 'b', 'a'])
      const latest = secondsAfterNoon(7).getTime()
      const after = { latest, name: 'a' }
      expect(await listed({ order: 'latest-event', descending: true, after })).toEqual(['b', 'c'])
      const [first, last] = [5, 6].map((second) => secondsAfterNoon(second).getTime())
      expect(await store.logs.stream(group, 'b')).toEqual({
        ...b,
        events: { first, last, ingestedAt: noon.getTime() },
      })
      expect(c.events).toBeUndefined()
      expect(await store.logs.storedBytes([group.id])).toEqual(new Map([[group.id, 81]]))
    })
  })

  describe('log events', () => {
    test('are read by time either way, of one stream or of all', async () => {
      const group = await makeGroup('read')
      const [one, two] = [await makeStream(group, 'one'), await makeStream(group, 'two')]
      await append(one, eventsAt(1, 3, 3, 5))
      await append(two, eventsAt(2, 3, 4))
      const read = async (scope: Parameters<MetadataStore['logs']['events']>[0], page: object = {}) =>
        (await store.logs.events(scope, { order: 'forward', limit: 99, ...page })).map(
          ({ stream, message }) => `${stream} ${message}`,
        )
      expect(await read({ stream: one })).toEqual(['one 1', 'one 3', 'one 3', 'one 5'])
      expect(await read({ stream: one }, { order: 'backward', limit: 2 })).toEqual(['one 5', 'one 3'])
      const all = await store.logs.events({ group }, { order: 'forward', limit: 99 })
      expect(all.map(({ message }) => message)).toEqual(['1', '2', '3', '3', '3', '4', '5'])
      for (const [place, { timestamp, id }] of all.entries()) {
        const position = { timestamp, id }
        const after = await store.logs.events({ group }, { order: 'forward', after: position, limit: 99 })
        expect(after).toEqual(all.slice(place + 1))
        const before = await store.logs.events({ group }, { order: 'backward', before: position, limit: 99 })
        expect(before).toEqual(all.slice(0, place).toReversed())
      }
      const [from, to] = [2, 4].map((second) => secondsAfterNoon(second).getTime())
      expect(await read({ group }, { from, to })).toEqual(['two 2', 'one 3', 'one 3', 'two 3'])
    })

    test('are not added to a stream that has gone', async () => {
      const group = await makeGroup('gone')
      const stream = await makeStream(group, 'x')
      await store.write((tx) => tx.logs.deleteStream(stream))
      expect(await append(stream, eventsAt(1))).toBe(false)
      expect(await store.logs.events({ group }, { order: 'forward', limit: 9 })).toEqual([])
    })

    test('come by the thousand, and go when their time is over or their group is deleted', async () => {
      const [old, deleted] = [await makeGroup('old'), await makeGroup('deleted')]
      const [aged, lost] = [await makeStream(old, 'a'), await makeStream(deleted, 'a')]
      const many = Array.from({ length: 2_500 }, (_, second) => second)
      await append(aged, eventsAt(...many))
      await append(lost, eventsAt(...many))
      await store.write((tx) => tx.logs.setRetention(old, 1))
      await store.write((tx) => tx.logs.deleteGroup(deleted))
      expect(await store.logs.group(deleted)).toBeUndefined()
      const now = new Date(secondsAfterNoon(2_000).getTime() + day)
      let forgotten = 0
      for (let some = 1; some > 0; forgotten += some) {
        some = await store.write((tx) => tx.logs.forget(now, 1_000))
        expect(some).toBeLessThanOrEqual(1_000)
      }
      expect(forgotten).toBeGreaterThanOrEqual(4_500)
      const left = await store.logs.events({ group: old }, { order: 'forward', limit: 9_999 })
      expect(left.map(({ message }) => Number(message))).toEqual(many.slice(2_000))
      expect(await store.logs.events({ group: deleted }, { order: 'forward', limit: 9 })).toEqual([])
    })
  })
}
