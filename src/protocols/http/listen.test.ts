import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ask } from './testing/ask.ts'
import { PlainClient } from './testing/plain-client.ts'
import { ok, serve } from './testing/serve.ts'

test('the door sees method, raw path, headers and body, and the client its answer', async () => {
  await using server = await serve(async (request) => {
    const { method, url, scheme } = request
    const body = await text(request.body)
    return { status: 201, headers: { 'x-made': 'yes' }, body: JSON.stringify({ method, url, scheme, body }) }
  })
  const answer = await ask(server, { method: 'PATCH', path: '/v2/../%2e%00?a=%zz', body: 'layer' })
  expect(answer.status).toBe(201)
  expect(answer.headers['x-made']).toBe('yes')
  expect(answer.headers.date).toBe(new Date(answer.headers.date ?? '').toUTCString())
  const seen = { method: 'PATCH', url: '/v2/../%2e%00?a=%zz', scheme: 'http', body: 'layer' }
  expect(JSON.parse(answer.body)).toEqual(seen)
})

test('every request has an id of its own', async () => {
  const ids = new Set<string>()
  await using server = await serve(async ({ id }) => {
    ids.add(id)
    return ok
  })
  for (let turn = 0; turn < 3; turn++) await ask(server, {})
  expect(ids.size).toBe(3)
})

test.each(['GET', 'DELETE', 'OPTIONS', 'PROPFIND', 'PURGE'])('%s reaches the door', async (method) => {
  await using server = await serve(async (request) => ({ ...ok, body: request.method }))
  expect(await ask(server, { method })).toMatchObject({ status: 200, body: method })
})

test('HEAD is answered with the headers of GET and no body', async () => {
  await using server = await serve(async () => ok)
  const { headers, body } = await ask(server, { method: 'HEAD' })
  expect(headers['content-length']).toBe('4')
  expect(body).toBe('')
})

test.each([0, 1, 1333, 64 * 1024, 64 * 1024 + 1, 1024 * 1024])(
  '%i bytes of any kind arrive as they are',
  async (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 31) % 256)
    await using server = await serve(async () => ({ status: 200, headers: {}, body: bytes }))
    const answer = await fetch(server.url)
    expect(answer.headers.get('content-length')).toBe(String(length))
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
  },
)

test('a stream answered to HEAD is closed unread', async () => {
  const stream = Readable.from(['never'])
  await using server = await serve(async () => ({
    status: 200,
    headers: { 'content-length': 5 },
    body: stream,
  }))
  expect(await ask(server, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  expect(stream.destroyed).toBe(true)
})

test('requests sent ahead are answered in their order', async () => {
  const first = Promise.withResolvers<void>()
  await using server = await serve(async ({ url }) => {
    if (url === '/2') first.resolve()
    if (url === '/1') await first.promise
    return { ...ok, body: `answer ${url}` }
  })
  await using client = await PlainClient.to(server)
  client.write('GET /1 HTTP/1.1\r\nHost: b\r\n\r\nGET /2 HTTP/1.1\r\nHost: b\r\n\r\n')
  expect(await client.receives('answer /2')).toMatch(/answer \/1.*answer \/2/s)
})

test.each([
  ['https', 'https'],
  ['https, http', 'https'],
  ['http', 'http'],
  ['gopher', 'http'],
])('behind a proxy that says %s the scheme is %s', async (said, scheme) => {
  await using server = await serve(async (request) => ({ ...ok, body: request.scheme }))
  await using client = await PlainClient.to(server)
  client.write(`GET / HTTP/1.1\r\nHost: b\r\nX-Forwarded-Proto: ${said}\r\nConnection: close\r\n\r\n`)
  await client.isCut()
  expect(client.received.endsWith(`\r\n\r\n${scheme}`)).toBe(true)
})

test('the signal is aborted when the client goes away, and not when it has been answered', async () => {
  const signals: AbortSignal[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  await using server = await serve(async ({ url, signal }) => {
    signals.push(signal)
    if (url === '/slow') await once(signal, 'abort').then(() => resolve())
    return ok
  })
  await ask(server, {})
  await using client = await PlainClient.to(server)
  client.write('GET /slow HTTP/1.1\r\nHost: b\r\n\r\n')
  await server.asked
  client.end()
  await promise
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
})

test('a stream is destroyed when its reader goes away', async () => {
  const endless = new Readable({ read() {} })
  endless.push('beginning')
  await using server = await serve(async () => ({
    status: 200,
    headers: { 'content-length': 1e9 },
    body: endless,
  }))
  await using client = await PlainClient.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await client.receives('beginning')
  client.end()
  await closed(endless)
  expect(server.errors).toEqual([])
})

test('an answer whose stream fails is cut off, so that nobody takes it for whole, and logged', async () => {
  const failing = Readable.from(failAfter('beginning'))
  await using server = await serve(async () => ({
    status: 200,
    headers: { 'content-length': 100 },
    body: failing,
  }))
  await expect(ask(server, {})).rejects.toThrow('aborted')
  expect(server.errors).toHaveLength(1)
})

test.each([
  ['less', 'short'],
  ['more', 'much longer than that'],
])('an answer whose stream brings %s than it says is cut off and logged', async (_what, text) => {
  const body = Readable.from([Buffer.from(text)])
  await using server = await serve(async () => ({ status: 200, headers: { 'content-length': 10 }, body }))
  await expect(ask(server, {})).rejects.toThrow()
  expect(server.errors).toHaveLength(1)
})

test('a stream that can write itself out is let', async () => {
  const stream = Object.assign(Readable.from(['never']), {
    writeTo: async (write: (piece: Uint8Array) => Promise<void>) => {
      const memory = Buffer.from('one ')
      await write(memory)
      memory.write('two ')
      await write(memory)
    },
  })
  await using server = await serve(async () => ({
    status: 200,
    headers: { 'content-length': 8 },
    body: stream,
  }))
  expect((await ask(server, {})).body).toBe('one two ')
})

test('a failing door is logged whole and answered without details', async () => {
  const failure = new Error('secret of the house')
  await using server = await serve(async () => {
    throw failure
  })
  const answer = await ask(server, { path: '/x?y' })
  expect(answer.status).toBe(500)
  expect(answer.body).not.toContain('secret')
  expect(server.errors).toEqual([expect.objectContaining({ err: failure, method: 'GET', path: '/x' })])
})

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => stream.once('error', () => {}).once('close', resolve))
}

async function* failAfter(beginning: string): AsyncGenerator<string> {
  yield beginning
  throw new Error('disk gone')
}
