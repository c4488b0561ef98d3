import type { LookupAddress } from 'node:dns'
import { buffer, text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { OutboundClient, type OutboundOptions } from './outbound-client.ts'
import {
  AddressRefusedError,
  OutboundTimeoutError,
  ResponseTooLargeError,
  TooManyRedirectsError,
  UnreachableError,
  UrlRefusedError,
} from './outbound-errors.ts'
import type { OutboundRequest } from './outbound-request.ts'
import { startUpstream } from './testing/upstream.ts'

const loopback: LookupAddress = { address: '127.0.0.1', family: 4 }
const mebibyte = 1024 * 1024

function client(options: Partial<OutboundOptions> = {}): OutboundClient {
  return new OutboundClient({ isAllowed: (address) => address === '127.0.0.1', ...options })
}

function get(url: URL | string, others: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url: new URL(url), maxBytes: mebibyte, ...others }
}

test('an answer comes with its status, headers and body', async () => {
  await using upstream = await startUpstream((_, response) =>
    response.writeHead(418, { 'x-pot': 'tea' }).end('short and stout'),
  )
  using outbound = client()
  const answer = await outbound.send(get(upstream.url))
  expect(answer).toMatchObject({ status: 418, headers: { 'x-pot': 'tea' }, url: upstream.url })
  expect(await text(answer.body)).toBe('short and stout')
})

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://[fd00:ec2::254]/latest/meta-data',
])('%s is refused unless it is allowed', async (url) => {
  using outbound = client({ isAllowed: () => false })
  await expect(outbound.send(get(url))).rejects.toThrow(AddressRefusedError)
})

test('a name of a private address is refused, and the message says how to allow it', async () => {
  using outbound = client({ resolve: async () => [{ address: '10.0.0.7', family: 4 }] })
  await expect(outbound.send(get('http://registry.example/'))).rejects.toThrow(
    'registry.example (10.0.0.7) is not an address of the public internet; name its network in --outbound-networks to allow it',
  )
})

test('DNS rebinding: a name is resolved once, and what was checked is what is connected to', async () => {
  await using upstream = await startUpstream((request, response) => response.end(request.headers.host))
  const answers: LookupAddress[] = [loopback, { address: '127.0.0.2', family: 4 }]
  using outbound = client({ resolve: async () => answers.splice(0, 1) })
  const answer = await outbound.send(get(`http://registry.example:${upstream.url.port}/`))
  expect(await text(answer.body)).toBe(`registry.example:${upstream.url.port}`)
  expect(answers).toHaveLength(1)
})

test('of the addresses of a name only those are tried that are allowed', async () => {
  await using upstream = await startUpstream((_, response) => response.end('here'))
  using outbound = client({ resolve: async () => [{ address: '127.0.0.2', family: 4 }, loopback] })
  const answer = await outbound.send(get(`http://registry.example:${upstream.url.port}/`))
  expect(await text(answer.body)).toBe('here')
})

test('each redirect is checked again', async () => {
  await using upstream = await startUpstream((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  )
  using outbound = client()
  await expect(outbound.send(get(upstream.url))).rejects.toThrow(AddressRefusedError)
})

test.each(['ftp://example.com/', 'file:///etc/passwd', 'http://user:word@127.0.0.1/'])(
  'no redirect leads to %s',
  async (location) => {
    await using upstream = await startUpstream((_, response) => response.writeHead(307, { location }).end())
    using outbound = client()
    await expect(outbound.send(get(upstream.url))).rejects.toThrow(UrlRefusedError)
  },
)

test('redirects that go round end', async () => {
  await using upstream = await startUpstream((_, response) =>
    response.writeHead(302, { location: '/' }).end(),
  )
  using outbound = client()
  await expect(outbound.send(get(upstream.url))).rejects.toThrow(TooManyRedirectsError)
})

test('credentials are shown to their own server and not where it redirects to', async () => {
  const seen: (string | undefined)[] = []
  await using other = await startUpstream(({ headers }, response) => {
    seen.push(headers.authorization, headers.cookie)
    response.end('elsewhere')
  })
  await using upstream = await startUpstream(({ headers, url }, response) => {
    seen.push(headers.authorization)
    response.writeHead(307, { location: url === '/' ? '/again' : other.url.href }).end()
  })
  using outbound = client()
  const credentials = { origin: upstream.url.origin, authorization: 'Basic c2VjcmV0' }
  const headers = { Authorization: 'smuggled', cookie: 'smuggled' }
  const answer = await outbound.send(get(upstream.url, { credentials, headers }))
  expect(await text(answer.body)).toBe('elsewhere')
  expect(seen).toEqual(['Basic c2VjcmV0', 'Basic c2VjcmV0', undefined, undefined])
})

test('a redirected push is an answer, not followed', async () => {
  await using upstream = await startUpstream((_, response) =>
    response.writeHead(307, { location: '/elsewhere' }).end(),
  )
  using outbound = client()
  const answer = await outbound.send(get(upstream.url, { method: 'POST', body: Buffer.from('x') }))
  expect(answer.status).toBe(307)
})

test.each(['announced', 'streamed'])('a body that is too large is refused when it is %s', async (how) => {
  await using upstream = await startUpstream((_, response) => {
    if (how === 'announced') response.setHeader('content-length', mebibyte + 1)
    response.write(Buffer.alloc(mebibyte))
    response.end('!')
  })
  using outbound = client()
  const read = async () => await buffer((await outbound.send(get(upstream.url))).body)
  await expect(read()).rejects.toThrow(ResponseTooLargeError)
})

test('bodies stream both ways at the pace of the slower side', async () => {
  await using upstream = await startUpstream((request, response) => void request.pipe(response))
  using outbound = client()
  const pieces = 64
  const piece = Buffer.alloc(mebibyte, 'b')
  let made = 0
  const body = async function* () {
    for (; made < pieces; made++) yield piece
  }
  const answer = await outbound.send(
    get(upstream.url, { method: 'POST', body: body(), maxBytes: pieces * mebibyte }),
  )
  let echoed = 0
  for await (const bytes of answer.body) {
    if (echoed === 0) expect(made).toBeLessThan(pieces / 2)
    echoed += bytes.length
  }
  expect(echoed).toBe(pieces * mebibyte)
})

test('a body that fails breaks the request off', async () => {
  await using upstream = await startUpstream((request) => void request.resume())
  using outbound = client()
  const body = async function* () {
    yield Buffer.from('some')
    throw new Error('the disk is gone')
  }
  await expect(outbound.send(get(upstream.url, { method: 'PUT', body: body() }))).rejects.toThrow(
    'the disk is gone',
  )
})

test('an answer before the end of what is sent counts', async () => {
  await using upstream = await startUpstream((_, response) =>
    response.writeHead(401, { connection: 'close' }).end('no'),
  )
  using outbound = client()
  const body = async function* () {
    for (let i = 0; i < 64; i++) yield Buffer.alloc(mebibyte)
  }
  const answer = await outbound.send(get(upstream.url, { method: 'PUT', body: body() }))
  expect(answer.status).toBe(401)
})

test.each([
  ['before', 'any byte of its answer'],
  ['after', 'the first of them'],
])('a server that goes silent %s %s is given up', async (when) => {
  await using upstream = await startUpstream((_, response) => {
    if (when === 'after') response.write('begun')
  })
  using outbound = client({ timeouts: { connect: 5_000, idle: 50 } })
  const read = async () => await text((await outbound.send(get(upstream.url))).body)
  await expect(read()).rejects.toThrow(OutboundTimeoutError)
})

test('a server that drips its answer is given up at the deadline', async () => {
  await using upstream = await startUpstream((_, response) => {
    const dripping = setInterval(() => response.write('.'), 5)
    response.once('close', () => clearInterval(dripping))
  })
  using outbound = client()
  const read = async () => await text((await outbound.send(get(upstream.url, { deadline: 100 }))).body)
  await expect(read()).rejects.toThrow(OutboundTimeoutError)
})

test('a name that takes too long to resolve is given up', async () => {
  using outbound = client({
    resolve: () => new Promise(() => undefined),
    timeouts: { connect: 20, idle: 5_000 },
  })
  await expect(outbound.send(get('http://registry.example/'))).rejects.toThrow(
    'registry.example did not connect within 20 ms',
  )
})

test('whoever asked can take it back', async () => {
  await using upstream = await startUpstream((_, response) => void response.write('begun'))
  using outbound = client()
  const asked = new AbortController()
  const answer = await outbound.send(get(upstream.url, { signal: asked.signal }))
  asked.abort(new Error('no longer wanted'))
  await expect(text(answer.body)).rejects.toThrow('no longer wanted')
})

test('a link that is cut in the middle of a body is told', async () => {
  await using upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('begun', () => response.destroy())
  })
  using outbound = client()
  const read = async () => await text((await outbound.send(get(upstream.url))).body)
  await expect(read()).rejects.toThrow(UnreachableError)
})

test('connections are used again, also when answers are not read', async () => {
  await using upstream = await startUpstream((_, response) =>
    response.writeHead(200, { 'content-length': 5 }).end('small'),
  )
  using outbound = client()
  for (const method of Array.from({ length: 5 }, () => ['GET', 'HEAD'] as const).flat()) {
    const answer = await outbound.send(get(upstream.url, { method }))
    await answer[Symbol.asyncDispose]()
  }
  // A connection is free again a moment after the end of its answer.
  expect(upstream.connections).toBeLessThanOrEqual(2)
})
