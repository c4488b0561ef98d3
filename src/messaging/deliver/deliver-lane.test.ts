import { expect, test } from 'vitest'
import type { Delivery } from '../../core/deliveries/delivery.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import type { TopicKey } from '../../core/topics/topic.ts'
import { OutboundTimeoutError } from '../../outbound/outbound-errors.ts'
import { replayDelivery } from '../replay-delivery.ts'
import { home, type MessagingWorld, openMessagingWorld } from '../testing/messaging-world.ts'
import { startWebHook, type WebHook } from '../testing/web-hook.ts'
import { confirmSubscription } from '../topics/confirm-subscription.ts'
import { publishMessage } from '../topics/publish-message.ts'
import { subscribe } from '../topics/subscribe.ts'

const topic: TopicKey = { ...home, name: 'pushes' }
const second = 1_000
const hour = 60 * 60 * second

async function subscribeHook(
  { messaging, settle }: MessagingWorld,
  hook: WebHook,
  attributes: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { metadata, now } = messaging
  await metadata.write((tx) => tx.topics.put({ ...topic, attributes: {}, createdAt: now() }))
  const { token } = await subscribe(messaging, {
    topic,
    protocol: 'http',
    endpoint: hook.url,
    principal: 'arn:aws:iam::000000000000:root',
    attributes: { RawMessageDelivery: 'true', ...attributes },
    address: 'http://localhost:4566',
  })
  await confirmSubscription(messaging, { topic, token, authenticated: false })
  await settle()
}

function publish({ messaging }: MessagingWorld, ...bodies: readonly string[]): Promise<void> {
  return messaging.metadata.write(async (tx) => {
    for (const body of bodies) {
      const publication = { id: messaging.newId(), topic, bodies: { default: body }, attributes: {} }
      await publishMessage(tx, publication, messaging.now())
    }
  })
}

function received({ posted }: WebHook): string[] {
  return posted.filter(({ headers }) => headers['x-amz-sns-rawdelivery'] === 'true').map(({ body }) => body)
}

/** Each delivery of a message: its state, tries and what the last of them was answered. */
async function told({ messaging }: MessagingWorld): Promise<Partial<Delivery>[]> {
  const deliveries = await messaging.metadata.deliveries.list(home, { limit: 100 })
  return deliveries
    .filter(({ kind }) => kind === 'message')
    .toReversed()
    .map(({ state, attempts, answer }) => ({ state, attempts, answer }))
}

test('messages arrive in their order, each once', async () => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  await subscribeHook(world, hook)
  const bodies = Array.from({ length: 120 }, (_, index) => `message ${index}`)
  await publish(world, ...bodies)
  await world.settle()
  expect(received(hook)).toEqual(bodies)
  expect(new Set((await told(world)).map(({ state }) => state))).toEqual(new Set(['delivered']))
  expect(world.complaints).toEqual([])
})

test('what fails is tried again, later each time, and holds up what is behind it for a while', async () => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  await subscribeHook(world, hook)
  hook.answer = ({ body }) => ({ status: body === 'poison' ? 500 : 200 })
  await publish(world, 'poison', 'food')
  for (const wait of [0, 1, 2]) {
    world.pass(wait * second)
    await world.settle()
  }
  expect(received(hook)).toEqual(['poison', 'poison', 'poison'])
  world.pass(4 * second)
  await world.settle()
  expect(received(hook)).toEqual(['poison', 'poison', 'poison', 'poison', 'food'])
  hook.answer = () => ({ status: 200 })
  world.pass(7 * second)
  await world.settle()
  expect(received(hook)).toHaveLength(5)
  world.pass(1 * second)
  await world.settle()
  expect(received(hook).at(-1)).toBe('poison')
  expect(await told(world)).toEqual([
    { state: 'delivered', attempts: 5, answer: 'HTTP 200' },
    { state: 'delivered', attempts: 1, answer: 'HTTP 200' },
  ])
})

test('what a receiver says is wrong is not tried again', async () => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  await subscribeHook(world, hook)
  hook.answer = () => ({ status: 410 })
  await publish(world, 'unwanted')
  await world.settle()
  expect(await told(world)).toEqual([{ state: 'dead', attempts: 1, answer: 'HTTP 410' }])
})

test('a receiver that asks for time gets it', async () => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  await subscribeHook(world, hook)
  hook.answer = () => ({ status: 429, headers: { 'retry-after': '60' } })
  await publish(world, 'message')
  await world.settle()
  world.pass(59 * second)
  await world.settle()
  expect(received(hook)).toHaveLength(1)
  world.pass(1 * second)
  await world.settle()
  expect(received(hook)).toHaveLength(2)
})

test('a delivery is given up after a day, and can be replayed', async () => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  await subscribeHook(world, hook)
  hook.answer = () => ({ status: 503 })
  await publish(world, 'message')
  for (let hours = 0; hours < 25 * 4; hours++) {
    await world.settle()
    world.pass(hour / 4)
  }
  await world.settle()
  const [delivery] = await world.messaging.metadata.deliveries.list(home, { limit: 1, state: 'dead' })
  expect(delivery).toMatchObject({ kind: 'message', answer: 'HTTP 503' })
  expect(delivery?.attempts).toBeGreaterThan(90)
  hook.answer = () => ({ status: 200 })
  const elsewhere = { ...home, account: parseAccountId('111122223333') }
  await expect(replayDelivery(world.messaging, elsewhere, delivery?.id ?? 0)).rejects.toThrow('no delivery')
  await replayDelivery(world.messaging, home, delivery?.id ?? 0)
  await world.settle()
  expect(await told(world)).toEqual([{ state: 'delivered', attempts: 1, answer: 'HTTP 200' }])
})

test('a receiver that never answers holds up no other', async () => {
  await using world = await openMessagingWorld()
  await using slow = await startWebHook()
  await using quick = await startWebHook()
  const answered = Promise.withResolvers<void>()
  await subscribeHook(world, slow)
  await subscribeHook(world, quick)
  const got = Promise.withResolvers<void>()
  quick.answer = () => {
    got.resolve()
    return { status: 200 }
  }
  const held = world.messaging.outbound
  const send: typeof held.send = async (request) => {
    if (request.url.href === slow.url) await answered.promise
    return held.send(request)
  }
  Object.assign(world.messaging, { outbound: { send } })
  await publish(world, 'message')
  const settling = world.settle()
  await got.promise
  expect(received(slow)).toEqual([])
  answered.resolve()
  await settling
  expect(received(slow)).toEqual(['message'])
})

test('hundreds of receivers that never answer hold up no other', async () => {
  await using world = await openMessagingWorld()
  await using quick = await startWebHook()
  const answered = Promise.withResolvers<void>()
  const got = Promise.withResolvers<void>()
  let waiting = 0
  const silent = Array.from({ length: 300 }, (_, place) => `http://silent-${place}.example/`)
  const held = world.messaging.outbound
  const send: typeof held.send = async (request) => {
    if (request.url.hostname.startsWith('silent')) {
      waiting += 1
      await answered.promise
      throw new OutboundTimeoutError(request.url.host, 'finish', 15_000)
    }
    return held.send(request)
  }
  Object.assign(world.messaging, { outbound: { send } })
  await subscribeHook(world, quick)
  const { metadata, now } = world.messaging
  await metadata.write(async (tx) => {
    for (const [place, endpoint] of silent.entries()) {
      const id = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`
      const asked = { token: id, tokenUntil: now(), confirmation: 'by-link', address: '' } as const
      const made = { principal: 'root', attributes: {}, createdAt: now() }
      await tx.topics.putSubscription({ topic, id, protocol: 'http', endpoint, ...asked, ...made })
    }
  })
  await publish(world, 'message')
  quick.answer = () => {
    got.resolve()
    return { status: 200 }
  }
  const settling = world.settle()
  await got.promise
  answered.resolve()
  await settling
  expect(waiting).toBe(300)
  expect(received(quick)).toEqual(['message'])
})

test('a web hook is tried as its delivery policy says, with the content type that it asks for', async () => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  const healthyRetryPolicy = { numRetries: 2, minDelayTarget: 10, maxDelayTarget: 10, numNoDelayRetries: 1 }
  const requestPolicy = { headerContentType: 'application/json' }
  await subscribeHook(world, hook, { DeliveryPolicy: JSON.stringify({ healthyRetryPolicy, requestPolicy }) })
  hook.answer = () => ({ status: 500 })
  await publish(world, 'message')
  await world.settle()
  expect(received(hook)).toHaveLength(2)
  world.pass(9 * second)
  await world.settle()
  expect(received(hook)).toHaveLength(2)
  world.pass(1 * second)
  await world.settle()
  expect(hook.posted.at(-1)?.headers['content-type']).toBe('application/json')
  expect(await told(world)).toEqual([{ state: 'dead', attempts: 3, answer: 'HTTP 500' }])
})
