import { describe, expect, test } from 'vitest'
import { type Event, eventOf } from '../../../core/events/event.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { hearAll } from './hear-all.ts'
import { keyOf, noon, type OpenMetadata, openForAll } from './metadata-world.ts'

function eventNamed(id: string): Event {
  const occurrence = {
    registry: keyOf('team/app'),
    source: 'test',
    detailType: 'Test',
    resources: [],
    detail: {},
  }
  return eventOf(occurrence, { id, at: noon })
}

const bus = keyOf('default')

/** What whoever tells of something relies on, and whoever passes it on. */
export function describeEvents(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, async (opened) => {
    store = opened.store
    await hearAll(store, bus)
  })

  const namesWaiting = async (limit = 10_000) =>
    (await store.events.waiting(limit)).map(({ event }) => event.id)

  describe('events', () => {
    test('wait in the order in which they happened, until they are taken out', async () => {
      const sent = Array.from({ length: 2_500 }, (_, index) => ({
        bus,
        event: eventNamed(`e${index}`),
        hops: index % 2,
      }))
      await store.write((tx) => tx.events.add(sent))
      expect(await namesWaiting(3)).toEqual(['e0', 'e1', 'e2'])
      const waiting = await store.events.waiting(10_000)
      expect(waiting.map(({ id: _, ...rest }) => rest)).toEqual(sent)
      await store.write((tx) => tx.events.remove(waiting.slice(0, 2_499).map(({ id }) => id)))
      expect(await namesWaiting()).toEqual(['e2499'])
      await store.write((tx) => tx.events.remove(waiting.slice(2_499).map(({ id }) => id)))
      expect(await namesWaiting()).toEqual([])
    })

    test('of a bus that nobody hears are passed over, until a rule or an archive is there', async () => {
      const quiet = { ...keyOf('quiet'), name: 'quiet' }
      const sent = (id: string) => ({ bus: quiet, event: eventNamed(id) })
      const rule = { ...quiet, bus: 'quiet', name: 'one', createdBy: quiet.account, createdAt: noon }
      const pattern = '{"source":["test"]}'
      await store.write(async (tx) => {
        await tx.events.add([sent('alone')])
        await tx.events.add([sent('two'), sent('three')])
        await tx.rules.put({ ...rule, pattern, state: 'DISABLED' })
        await tx.rules.put({ ...rule, name: 'clock', schedule: 'rate(1 day)', state: 'ENABLED' })
        await tx.events.add([sent('disabled')])
      })
      expect(await namesWaiting()).toEqual([])
      await store.write(async (tx) => {
        await tx.rules.put({ ...rule, pattern, state: 'ENABLED' })
        await tx.events.add([sent('first')])
        await tx.events.add([sent('second'), { bus, event: eventNamed('other') }, sent('third')])
        await tx.rules.delete(rule)
        await tx.archives.addArchive({
          ...quiet,
          name: 'kept',
          bus: quiet,
          retentionDays: 0,
          createdAt: noon,
        })
        await tx.events.add([sent('archived')])
      })
      expect(await namesWaiting()).toEqual(['first', 'second', 'third', 'other', 'archived'])
      const waiting = await store.events.waiting(10)
      await store.write((tx) => tx.events.remove(waiting.map(({ id }) => id)))
    })

    test('are not there when what they tell of fails', async () => {
      const failing = store.write(async (tx) => {
        await tx.events.add([{ bus, event: eventNamed('never') }])
        throw new RangeError('no further')
      })
      await expect(failing).rejects.toThrow(RangeError)
      expect(await namesWaiting()).toEqual([])
    })
  })
}
