import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { JobRunner } from '../../jobs/job-runner.ts'
import { deliverKind } from '../../jobs/kinds/deliver.ts'
import { logInto } from '../../jobs/testing/test-jobs.ts'
import { OutboundClient } from '../../outbound/outbound-client.ts'
import type { Messaging } from '../messaging.ts'
import { home, openMessagingWorld } from '../testing/messaging-world.ts'
import { startWebHook } from '../testing/web-hook.ts'
import { subscribe } from '../topics/subscribe.ts'

const topic = { ...home, name: 'crowded' }
const forever = 10 * 60 * 1000

/** Takes connections at every loopback address, and never says a word. */
async function startSilence() {
  const server = createServer()
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const urls = Array.from(
    { length: 1_000 },
    (_, at) => `http://127.1.${Math.floor(at / 250)}.${(at % 250) + 1}:${port}/`,
  )
  const sockets = new Set<import('node:net').Socket>()
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)))
  return {
    urls,
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

test('a thousand receivers that never answer, nor ever time out, keep nothing from one that does', {
  timeout: 120_000,
}, async () => {
  await using silence = await startSilence()
  await using hook = await startWebHook()
  await using world = await openMessagingWorld()
  using outbound = new OutboundClient({ isAllowed: (address) => address.startsWith('127.') })
  const messaging: Messaging = {
    ...world.messaging,
    now: () => new Date(),
    outbound: { send: (request) => outbound.send({ ...request, deadline: forever }) },
  }
  const { metadata, now } = messaging
  await metadata.write((tx) => tx.topics.put({ ...topic, attributes: {}, createdAt: now() }))
  for (const endpoint of [...silence.urls, hook.url]) {
    await subscribe(messaging, {
      topic,
      protocol: 'http',
      endpoint,
      principal: 'arn:aws:iam::000000000000:root',
      attributes: {},
      address: 'http://localhost:4566',
    })
  }
  const complaints: string[] = []
  await using runner = new JobRunner({
    metadata,
    kinds: [deliverKind(messaging)],
    now,
    newId: randomUUID,
    log: logInto(complaints),
  })
  runner.start()
  await expect.poll(() => hook.posted.length, { timeout: 90_000, interval: 100 }).toBe(1)
  expect(complaints).toEqual([])
})
