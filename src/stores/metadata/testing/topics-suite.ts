import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NewDelivery, patientTries } from '../../../core/deliveries/delivery.ts'
import type { Subscription, Topic } from '../../../core/topics/topic.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  allPages,
  keyOf,
  noon,
  type OpenMetadata,
  secondsAfterNoon,
  type TestMetadata,
} from './metadata-world.ts'

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
  let opened: TestMetadata
  let store: MetadataStore
  beforeAll(async () => {
    opened = await open()
    store = opened.store
  })
  afterAll(() => opened[Symbol.asyncDispose]())

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

    test('of a lane come in their order, and end', async () => {
      await add(deliveryOn('order', 1), deliveryOn('other', 'x'), deliveryOn('order', 2))
      const first = await store.deliveries.next('order', noon)
      expect(first).toMatchObject({ ...deliveryOn('order', 1), state: 'waiting', attempts: 0, nextAt: noon })
      await store.write((tx) => tx.deliveries.end(first?.id ?? 0, 'delivered', { ...tried, answer: 'yes' }))
      expect(await next('order', 0)).toBe(2)
      expect(await store.deliveries.find({ account, region }, first?.id ?? 0)).toMatchObject({
        state: 'delivered',
        attempts: 1,
        answer: 'yes',
        endedAt: secondsAfterNoon(1),
      })
    })

    test('that are put off hold up the others, until they have lost patience', async () => {
      await add(deliveryOn('patience', 1), deliveryOn('patience', 2))
      const { id = 0 } = (await store.deliveries.next('patience', noon)) ?? {}
      for (let attempt = 1; attempt <= patientTries; attempt++) {
        expect(await store.deliveries.nextPatientless('patience')).toBeUndefined()
        expect(await next('patience', 0)).toBe(1)
        await store.write((tx) => tx.deliveries.putOff(id, secondsAfterNoon(100), tried))
      }
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
      await store.write(async (tx) => {
        await tx.deliveries.end(fourth?.id ?? 0, 'dead', tried)
        await tx.deliveries.end(third?.id ?? 0, 'delivered', { ...tried, at: secondsAfterNoon(50) })
      })
      const dead = await store.deliveries.list(registry, { state: 'dead', limit: 10 })
      expect(dead.map(({ content }) => content)).toEqual([4])
      const before = await store.deliveries.list(registry, { before: third?.id, limit: 1 })
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
