import { once } from 'node:events'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { BodyCutShortError } from '../../core/errors.ts'
import type { Log } from '../../observability/log.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from './exchange.ts'
import { defaultHttpLimits, type HttpLimits } from './http-limits.ts'
import { type Listener, listen } from './listen.ts'

const ok: HttpResponse = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'fine' }
const impatient: Partial<HttpLimits> = { idleMs: 100 }

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
  await using client = await Client.to(server)
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
  await using client = await Client.to(server)
  const body = 'x'.repeat(3 * 1024 * 1024)
  client.write(`PUT /a HTTP/1.1\r\nHost: b\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  await client.receives('fine')
  client.write('GET /b HTTP/1.1\r\nHost: b\r\n\r\n')
  await client.receives('fine')
})

test('a body without end is cut after the answer', async () => {
  await using server = await serve(async () => ok, { lingerMs: 50 })
  await using client = await Client.to(server)
  client.write('POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n')
  await client.receives('fine')
  await client.isCut()
})

test('a client that asks first is told to go on when its body is wanted', async () => {
  await using server = await serve(async (request) => ({ ...ok, body: await text(request.body) }))
  await using client = await Client.to(server)
  client.write('PUT / HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n')
  await client.receives('HTTP/1.1 100 Continue\r\n\r\n')
  client.write('layer')
  await client.receives('layer')
})

test('a client that asks first is answered and sent away when its body is not wanted', async () => {
  await using server = await serve(async () => ({ status: 404, headers: {}, body: 'no' }))
  await using client = await Client.to(server)
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
  await using client = await Client.to(server)
  client.write('PATCH / HTTP/1.1\r\nHost: b\r\nContent-Length: 1000\r\n\r\nhalf')
  await server.asked
  client.end()
  const { received, error } = await promise
  expect(received).toBe('half')
  expect(error).toBeInstanceOf(BodyCutShortError)
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
  await using client = await Client.to(server)
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
  await using client = await Client.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await client.receives('beginning')
  client.end()
  await closed(endless)
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

test('a client that never ends its headers is cut', async () => {
  await using server = await serve(async () => ok, { headersMs: 50 })
  await using client = await Client.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n')
  await client.receives('408 Request Timeout')
  await client.isCut()
})

test('a connection that never says anything is cut', async () => {
  await using server = await serve(async () => ok, impatient)
  await using client = await Client.to(server)
  await client.isCut()
})

test('a connection that is done is cut when it stays silent', async () => {
  await using server = await serve(async () => ok, impatient)
  await using client = await Client.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await client.receives('fine')
  await client.isCut()
})

test('a body that trickles for ever is cut', async () => {
  await using server = await serve(
    async (request) => ({ ...ok, body: await buffer(request.body) }),
    impatient,
  )
  await using client = await Client.to(server)
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
  await using client = await Client.to(server)
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
  await using busy = await Client.to(server)
  busy.write('PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\n\r\nwait')
  await server.asked
  await using idle = await Client.to(server)
  await idle.isCut()
  resolve()
  await busy.receives('wait')
})

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', '400 Bad Request'],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: b\r\n\r\n', '400 Bad Request'],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`,
    '431 Request Header Fields Too Large',
  ],
  [
    'two lengths',
    'PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    '400 Bad Request',
  ],
])('%s is refused in a plain answer', async (_what, bytes, status) => {
  await using server = await serve(async () => ok)
  await using client = await Client.to(server)
  client.write(bytes)
  await client.isCut()
  expect(client.received).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\r\n`))
  expect(client.received.endsWith(`\r\n\r\n${status}\n`)).toBe(true)
})

test('a malformed chunk in the middle of a body cuts the connection and mixes nothing into an answer', async () => {
  await using server = await serve(async (request) => ({ ...ok, body: await text(request.body) }))
  await using client = await Client.to(server)
  client.write('PUT / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\nnonsense\r\n')
  await client.isCut()
  expect(client.received).toBe('')
})

test('closing finishes what runs, refuses what is new and ends idle connections', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = await serve(async () => {
    await promise
    return ok
  })
  await using idle = await Client.to(server)
  await using busy = await Client.to(server)
  busy.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await server.asked
  const closed = server.close(60_000)
  await idle.isCut()
  await expect(ask(server, {})).rejects.toThrow('ECONNREFUSED')
  resolve()
  expect(await busy.receives('fine')).toContain('Connection: close')
  await closed
})

test('closing cuts what does not finish in time', async () => {
  const server = await serve(async ({ signal }) => {
    await once(signal, 'abort')
    return ok
  })
  await using client = await Client.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await server.asked
  await server.close(10)
  await client.isCut()
})

interface TestServer extends Listener, AsyncDisposable {
  /** Resolves when the first request has reached the door. */
  readonly asked: Promise<void>
  readonly errors: object[]
}

async function serve(door: HttpDoor, limits: Partial<HttpLimits> = {}): Promise<TestServer> {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const errors: object[] = []
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    door: (request: HttpRequest) => {
      resolve()
      return door(request)
    },
    log: { ...silentLog, error: (facts) => errors.push(facts) },
    limits: { ...defaultHttpLimits, ...limits },
  })
  return { ...listener, asked, errors, [Symbol.asyncDispose]: () => listener.close(0) }
}

const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly body?: string | Buffer
}

async function ask({ port }: Listener, { method = 'GET', path = '/', body }: Asked) {
  const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, agent: false })
  const answered = answerTo(outgoing)
  outgoing.end(body)
  const answer = await answered
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) }
}

function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => outgoing.once('response', resolve).on('error', reject))
}

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => stream.once('error', () => {}).once('close', resolve))
}

async function* failAfter(beginning: string): AsyncGenerator<string> {
  yield beginning
  throw new Error('disk gone')
}

/** A client that says what no HTTP library would. */
class Client implements AsyncDisposable {
  readonly #socket: Socket
  #unread = ''
  received = ''

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.#unread += chunk
      this.received += chunk
    })
  }

  static async to({ port }: Listener): Promise<Client> {
    const socket = connect({ port, host: '127.0.0.1' })
    await once(socket, 'connect')
    return new Client(socket)
  }

  write(bytes: string): void {
    this.#socket.write(bytes)
  }

  writeAll(bytes: string): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()))
  }

  resume(): void {
    this.#socket.resume()
  }

  pause(): void {
    this.#socket.pause()
  }

  end(): void {
    this.#socket.destroy()
  }

  /** Waits until `expected` has come and resolves to everything since the last time. */
  async receives(expected: string): Promise<string> {
    while (!this.#unread.includes(expected)) await once(this.#socket, 'data')
    const seen = this.#unread
    this.#unread = ''
    return seen
  }

  async isCut(): Promise<void> {
    if (!this.#socket.closed) await once(this.#socket, 'close')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy()
  }
}
