import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { BodyCutShortError } from '../../core/images/upload-errors.ts'
import { answerTo } from './testing/ask.ts'
import { PlainClient } from './testing/plain-client.ts'
import { ok, serve } from './testing/serve.ts'

test('a body much larger than any buffer goes through in both directions', async () => {
  const size = 64 * 1024 * 1024
  await using server = await serve(async (request) => ({
    status: 200,
    headers: { 'content-length': size },
    body: request.body,
  }))
  const { port } = server
  const outgoing = httpRequest({ port, method: 'POST', headers: { 'content-length': size } })
  const piece = Buffer.alloc(1024 * 1024, 'x')
  Readable.from(Array.from({ length: 64 }, () => piece)).pipe(outgoing)
  let received = 0
  for await (const chunk of await answerTo(outgoing)) received += chunk.length
  expect(received).toBe(size)
})

test('a client that reads only after it has sent everything sees the answer of a door that never read', async () => {
  await using server = await serve(async () => ({ status: 404, headers: {}, body: 'no such repository' }))
  await using client = await PlainClient.to(server)
  client.pause()
  const size = 32 * 1024 * 1024
  client.write(`POST / HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n`)
  await client.writeAll('x'.repeat(size))
  client.resume()
  expect(await client.receives('no such repository')).toMatch(/^HTTP\/1\.1 404 /)
})

test('a connection is used again after a door stopped in the middle of a body', async () => {
  await using server = await serve(async (request) => {
    for await (const _chunk of request.body) break
    return ok
  })
  await using client = await PlainClient.to(server)
  const body = 'x'.repeat(3 * 1024 * 1024)
  client.write(`PUT /a HTTP/1.1\r\nHost: b\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  await client.receives('fine')
  client.write('GET /b HTTP/1.1\r\nHost: b\r\n\r\n')
  await client.receives('fine')
})

test('a body without end is cut after the answer', async () => {
  await using server = await serve(async () => ok, { lingerMs: 50 })
  await using client = await PlainClient.to(server)
  client.write('POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n')
  await client.receives('fine')
  await client.isCut()
})

test('a client that asks first is told to go on when its body is wanted', async () => {
  await using server = await serve(async (request) => ({ ...ok, body: await text(request.body) }))
  await using client = await PlainClient.to(server)
  client.write('PUT / HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n')
  await client.receives('HTTP/1.1 100 Continue\r\n\r\n')
  client.write('layer')
  await client.receives('layer')
})

test('a client that asks first is answered and sent away when its body is not wanted', async () => {
  await using server = await serve(async () => ({ status: 404, headers: {}, body: 'no' }))
  await using client = await PlainClient.to(server)
  client.write('PUT / HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n')
  const head = await client.receives('\r\n\r\nno')
  expect(head).toMatch(/^HTTP\/1\.1 404 /)
  expect(head).toContain('Connection: close')
})

test('a body cut off midway fails as one, with the bytes that came', async () => {
  const { promise, resolve } = Promise.withResolvers<{ received: string; error: unknown }>()
  await using server = await serve(async (request) => {
    let received = ''
    try {
      for await (const chunk of request.body) received += chunk
    } catch (error) {
      resolve({ received, error })
    }
    return ok
  })
  await using client = await PlainClient.to(server)
  client.write('PATCH / HTTP/1.1\r\nHost: b\r\nContent-Length: 1000\r\n\r\nhalf')
  await server.asked
  client.end()
  const { received, error } = await promise
  expect(received).toBe('half')
  expect(error).toBeInstanceOf(BodyCutShortError)
})

test('a body cut off before anybody reads it fails who reads it then, and nobody else', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  await using server = await serve(async ({ body, signal }) => {
    await once(signal, 'abort')
    await text(body).catch(resolve)
    return ok
  })
  await using client = await PlainClient.to(server)
  client.write('PATCH / HTTP/1.1\r\nHost: b\r\nContent-Length: 1000\r\n\r\nhalf')
  await server.asked
  client.end()
  expect(await promise).toBeInstanceOf(BodyCutShortError)
})
