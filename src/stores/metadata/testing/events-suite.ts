import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Event, eventOf } from '../../../core/events/event.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { keyOf, noon, type OpenMetadata, type TestMetadata } from './metadata-world.ts'

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
  let opened: TestMetadata
  let store: MetadataStore
  beforeAll(async () => {
    opened = await open()
    store = opened.store
  })
  afterAll(() => opened[Symbol.asyncDispose]())

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
