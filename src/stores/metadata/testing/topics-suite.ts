import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type NewDelivery, patientTries } from '../../../core/deliveries/delivery.ts'
import type { Subscription, Topic } from '../../../core/topics/topic.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { allPages, keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account, region } = keyOf('any')

function topicNamed(name: string): Topic {
  return { account, region, name, attributes: { DisplayName: name }, policy: '{}', createdAt: noon }
}

function subscriptionTo({ name }: Topic, endpoint: string, facts: Partial<Subscription> = {}): Subscription {
  return {
    topic: { account, region, name },
    id: randomUUID(),
    protocol: 'email',
    endpoint,
    principal: 'arn',
    attributes: {},
    token: randomUUID(),
    tokenUntil: secondsAfterNoon(60),
    address: 'http://localhost',
    createdAt: noon,
    ...facts,
  }
}

function deliveryOn(lane: string, content: unknown = {}): NewDelivery {
  const limits = { attempts: 10, until: secondsAfterNoon(3600) }
  return { registry: { account, region }, lane, kind: 'message', content, createdAt: noon, limits }
}

/** What SNS keeps, and what is on its way. */
export function describeTopics(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  describe('a topic', () => {
    test('is found as it was put, and goes with its subscriptions', async () => {
      const topic = topicNamed('one')
      const subscription = subscriptionTo(topic, 'a@example.com')
      await store.write(async (tx) => {
        await tx.topics.put(topic)
        await tx.topics.putSubscription(subscription)
      })
      expect(await store.topics.find(topic)).toEqual(topic)
      expect(await store.topics.subscription(subscription)).toEqual(subscription)
      expect(await store.topics.subscriptionByToken(topic, subscription.token)).toEqual(subscription)
      expect(await store.topics.subscriptionOf(topic, subscription)).toEqual(subscription)
      await store.write((tx) => tx.topics.delete(topic))
      expect(await store.topics.find(topic)).toBeUndefined()
      expect(await store.topics.subscription(subscription)).toBeUndefined()
    })

    test('counts its subscriptions and lists them page by page, confirmed ones apart', async () => {
      const topic = topicNamed('pages')
      const all = Array.from({ length: 7 }, (_, index) =>
        subscriptionTo(topic, `${index}@example.com`, index < 4 ? { confirmation: 'by-link' } : {}),
      )
      await store.write(async (tx) => {
        await tx.topics.put(topic)
        for (const one of all) await tx.topics.putSubscription(one)
      })
      expect(await store.topics.counts(topic)).toEqual({ confirmed: 4, pending: 3 })
      const paging = { limit: 3, cursorOf: ({ id }: Subscription) => id }
      const byId = (some: readonly Subscription[]) =>
        some.toSorted((one, other) => (one.id < other.id ? -1 : 1))
      expect(await allPages((page) => store.topics.subscriptions(topic, page), paging)).toEqual(byId(all))
      const confirmed = await allPages((page) => store.topics.confirmed(topic, page), paging)
      expect(confirmed).toEqual(byId(all.slice(0, 4)))
      expect(await store.topics.subscriptions({ account, region }, { limit: 100 })).toHaveLength(7)
      await store.write((tx) => tx.topics.deleteSubscription(all[0] ?? subscriptionTo(topic, '')))
      expect(await store.topics.counts(topic)).toEqual({ confirmed: 3, pending: 3 })
    })
  })

  describe('deliveries', () => {
    const add = (...deliveries: readonly NewDelivery[]) => store.write((tx) => tx.deliveries.add(deliveries))
    const next = async (lane: string, seconds: number) =>
      (await store.deliveries.next(lane, secondsAfterNoon(seconds)))?.content
    const tried = { at: secondsAfterNoon(1), answer: 'no' }
    const first = async (lane: string) => {
      const found = await store.deliveries.next(lane, noon)
      if (found === undefined) throw new Error(`Nothing waits in ${lane}`)
      return found
    }

    test('of a lane come in their order, and end', async () => {
      await add(deliveryOn('order', 1), deliveryOn('other', 'x'), deliveryOn('order', 2))
      const begun = await first('order')
      expect(begun).toMatchObject({ ...deliveryOn('order', 1), state: 'waiting', attempts: 0, nextAt: noon })
      await store.write((tx) => tx.deliveries.end(begun, 'delivered', { ...tried, answer: 'yes' }))
      expect(await next('order', 0)).toBe(2)
      expect(await store.deliveries.find({ account, region }, begun.id)).toMatchObject({
        state: 'delivered',
        attempts: 1,
        answer: 'yes',
        endedAt: secondsAfterNoon(1),
      })
    })

    test('that are put off hold up the others, until they have lost patience', async () => {
      await add(deliveryOn('patience', 1), deliveryOn('patience', 2))
      const { id } = await first('patience')
      for (let attempt = 1; attempt <= patientTries; attempt++) {
        expect(await store.deliveries.nextPatientless('patience')).toBeUndefined()
        expect(await next('patience', 0)).toBe(1)
        const waiting = await first('patience')
        const answered = { ...tried, answer: `no ${attempt}` }
        await store.write((tx) => tx.deliveries.putOff(waiting, secondsAfterNoon(100), answered))
      }
      const answers = (await store.deliveries.find({ account, region }, id))?.tries.map(
        ({ answer }) => answer,
      )
      expect(answers).toEqual(['no 1', 'no 2', 'no 3', 'no 4'])
      expect(await next('patience', 0)).toBe(2)
      expect(await next('patience', 100)).toBe(1)
      expect(await store.deliveries.nextPatientless('patience')).toEqual(secondsAfterNoon(100))
      await store.write((tx) => tx.deliveries.renew(id, secondsAfterNoon(5), secondsAfterNoon(9)))
      expect(await store.deliveries.next('patience', noon)).toMatchObject({
        id,
        attempts: 0,
        nextAt: secondsAfterNoon(5),
      })
    })

    test('are listed latest first, those of a state alone, and forgotten some time after their end', async () => {
      const elsewhere = keyOf('any', '111122223333')
      const registry = { account: elsewhere.account, region: elsewhere.region }
      await add(...[1, 2, 3, 4].map((content) => ({ ...deliveryOn('list', content), registry })))
      const all = await store.deliveries.list(registry, { limit: 10 })
      expect(all.map(({ content }) => content)).toEqual([4, 3, 2, 1])
      const [fourth, third] = all
      if (fourth === undefined || third === undefined) throw new Error('There are four')
      await store.write(async (tx) => {
        await tx.deliveries.end(fourth, 'dead', tried)
        await tx.deliveries.end(third, 'delivered', { ...tried, at: secondsAfterNoon(50) })
      })
      const dead = await store.deliveries.list(registry, { state: 'dead', limit: 10 })
      expect(dead.map(({ content }) => content)).toEqual([4])
      expect(await store.deliveries.list(registry, { lane: 'list', limit: 10 })).toHaveLength(4)
      expect(await store.deliveries.list(registry, { lane: 'order', limit: 10 })).toEqual([])
      const before = await store.deliveries.list(registry, { before: third.id, limit: 1 })
      expect(before.map(({ content }) => content)).toEqual([2])
      expect(await store.write((tx) => tx.deliveries.forget(secondsAfterNoon(10), 10))).toBeGreaterThan(0)
      expect((await store.deliveries.list(registry, { limit: 10 })).map(({ content }) => content)).toEqual([
        3, 2, 1,
      ])
    })
  })

  test('a mailbox keeps the latest e-mails', async () => {
    const mail = { at: noon, from: 'a', to: 'b', text: 'text' }
    await store.write(async (tx) => {
      for (const subject of ['1', '2', '3']) await tx.mailbox.add({ ...mail, subject })
      await tx.mailbox.trim(2)
    })
    const [latest, ...others] = await store.mailbox.list({ limit: 10 })
    expect(latest).toEqual({ ...mail, subject: '3', id: expect.any(Number) })
    expect(others.map(({ subject }) => subject)).toEqual(['2'])
    expect(await store.mailbox.list({ before: latest?.id, limit: 10 })).toHaveLength(1)
  })

  test('the key that signs messages is the first that anybody adds', async () => {
    const key = { id: 'one', privateKey: 'secret', certificate: 'shown', createdAt: noon }
    await store.write((tx) => tx.signingKeys.addFirst(key))
    await store.write((tx) => tx.signingKeys.addFirst({ ...key, id: 'two' }))
    expect(await store.signingKeys.latest()).toEqual(key)
    expect(await store.signingKeys.find('two')).toBeUndefined()
  })
}
