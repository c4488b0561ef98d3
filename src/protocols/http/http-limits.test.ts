import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { test } from 'vitest'
import type { HttpLimits } from './http-limits.ts'
import { PlainClient } from './testing/plain-client.ts'
import { ok, serve } from './testing/serve.ts'

// Longer than a busy machine keeps a client from saying what it means to say.
const impatient: Partial<HttpLimits> = { idleMs: 1000 }

test('a client that never ends its headers is cut', async () => {
  await using server = await serve(async () => ok, { headersMs: 50 })
  await using client = await PlainClient.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n')
  await client.receives('408 Request Timeout')
  await client.isCut()
})

test('a connection that never says anything is cut', async () => {
  await using server = await serve(async () => ok, impatient)
  await using client = await PlainClient.to(server)
  await client.isCut()
})

test('a connection that is done is cut when it stays silent', async () => {
  await using server = await serve(async () => ok, impatient)
  await using client = await PlainClient.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await client.receives('fine')
  await client.isCut()
})

test('a body that trickles for ever is cut', async () => {
  await using server = await serve(
    async (request) => ({ ...ok, body: await buffer(request.body) }),
    impatient,
  )
  await using client = await PlainClient.to(server)
  client.write('PATCH / HTTP/1.1\r\nHost: b\r\nContent-Length: 1000000\r\n\r\n')
  const trickle = setInterval(() => client.write('x'), 10)
  await client.isCut()
  clearInterval(trickle)
})

test('a reader that stops reading is cut', async () => {
  const zeros = new Readable({
    read() {
      this.push(Buffer.alloc(1024 * 1024))
    },
  })
  await using server = await serve(
    async () => ({ status: 200, headers: { 'content-length': 1e12 }, body: zeros }),
    impatient,
  )
  await using client = await PlainClient.to(server)
  client.pause()
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await closed(zeros)
})

test('a server that is slow itself cuts nobody', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  await using server = await serve(async (request) => {
    const body = await text(request.body)
    await promise
    return { ...ok, body }
  }, impatient)
  await using busy = await PlainClient.to(server)
  busy.write('PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\n\r\nwait')
  await server.asked
  await using idle = await PlainClient.to(server)
  await idle.isCut()
  resolve()
  await busy.receives('wait')
})

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => stream.once('error', () => {}).once('close', resolve))
}
