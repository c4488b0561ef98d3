import { once } from 'node:events'
import { connect as connectPlainly } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { testAuthority } from '../../tls/testing/test-certificates.ts'
import type { TlsCertificate, TlsIdentity } from '../../tls/tls-identity.ts'
import { PlainClient } from './testing/plain-client.ts'
import { ok, serve } from './testing/serve.ts'

const authority = testAuthority()
const [own, other] = [authority.issue(['localhost', '127.0.0.1']), authority.issue(['other.example'])]
const get = 'GET / HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n'

/** Shows one certificate to those who name `other.example`, one to those who name nothing, and none to anybody else. */
function identity(): TlsIdentity & { shown: TlsCertificate } {
  return {
    shown: own,
    unnamed() {
      return this.shown
    },
    named: (name) => (name === 'other.example' ? other : undefined),
  }
}

function open(port: number, options: ConnectionOptions = {}): TLSSocket {
  return connect({ port, host: '127.0.0.1', ca: authority.cert, ...options })
}

/** What a client gets for one request, and the session it may come back with. */
async function ask(port: number, options: ConnectionOptions = {}) {
  const socket = open(port, options)
  let session: Buffer | undefined
  socket.on('session', (given) => {
    session = given
  })
  await once(socket, 'secureConnect')
  const facts = {
    names: socket.getPeerCertificate().subjectaltname,
    protocol: socket.getProtocol(),
    resumed: socket.isSessionReused(),
  }
  socket.write(get)
  return { ...facts, answer: await text(socket), session }
}

test('a request over TLS is answered like any other, and its scheme is https', async () => {
  await using server = await serve(async ({ scheme }) => ({ ...ok, body: scheme }), {}, identity())
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const { answer, protocol } = await ask(server.port)
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nhttps$/s)
  expect(protocol).toBe('TLSv1.3')
})

test('whom a client names decides which certificate it is shown', async () => {
  await using server = await serve(async () => ok, {}, identity())
  expect((await ask(server.port)).names).toContain('localhost')
  expect((await ask(server.port, { servername: 'other.example' })).names).toBe('DNS:other.example')
})

test.each(['unknown.example', 'localhost', `${'a'.repeat(63)}.${'b'.repeat(180)}`])(
  'whoever names %s, which is not served, is shown no certificate',
  async (servername) => {
    await using server = await serve(async () => ok, {}, identity())
    const socket = open(server.port, { servername, rejectUnauthorized: false })
    await expect(once(socket, 'secureConnect')).rejects.toThrow()
    expect((await ask(server.port)).answer).toContain('200 OK')
    expect(server.errors).toEqual([])
  },
)

test('a certificate of the CA for a name that it is not for is believed by nobody', async () => {
  const tls = { ...identity(), shown: authority.issue(['s3.amazonaws.com']), named: () => undefined }
  await using server = await serve(async () => ok, {}, tls)
  const socket = open(server.port, { checkServerIdentity: () => undefined })
  await expect(once(socket, 'secureConnect')).rejects.toThrow('permitted subtree violation')
})

test('a new certificate is shown from the next connection on', async () => {
  const tls = identity()
  await using server = await serve(async () => ok, {}, tls)
  await ask(server.port)
  tls.shown = other
  expect((await ask(server.port, { checkServerIdentity: () => undefined })).names).toBe('DNS:other.example')
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('sessions of %s are resumed, by any name', async (version) => {
  const tls = identity()
  await using server = await serve(async () => ok, {}, tls)
  for (const servername of ['', 'other.example']) {
    const options = { servername, maxVersion: version, checkServerIdentity: () => undefined }
    const { session, resumed } = await ask(server.port, options)
    expect(resumed).toBe(false)
    tls.shown = tls.shown === own ? authority.issue(['localhost']) : own
    expect(await ask(server.port, { ...options, session })).toMatchObject({
      resumed: true,
      protocol: version,
    })
  }
})

test('TLS before 1.2 is refused', async () => {
  await using server = await serve(async () => ok, {}, identity())
  const socket = open(server.port, {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'ALL:@SECLEVEL=0',
  })
  await expect(once(socket, 'secureConnect')).rejects.toThrow()
})

test('plain HTTP on a port of TLS is cut off and does no harm', async () => {
  await using server = await serve(async () => ok, {}, identity())
  await using client = await PlainClient.to(server)
  client.write(get)
  await client.isCut()
  expect(client.received).not.toContain('200')
  expect((await ask(server.port)).answer).toContain('200 OK')
})

test('who never finishes the handshake is cut off', async () => {
  await using server = await serve(async () => ok, { headersMs: 50 }, identity())
  const socket = connectPlainly(server.port, '127.0.0.1')
  await once(socket, 'close')
})

test('who has opened a connection and not begun a handshake does not hold closing up', async () => {
  await using server = await serve(async () => ok, {}, identity())
  const socket = connectPlainly(server.port, '127.0.0.1')
  await ask(server.port)
  await Promise.all([server.close(60_000), once(socket, 'close')])
})

test('closing finishes what runs, and ends connections on which nothing does', async () => {
  const goOn = Promise.withResolvers<void>()
  const door = () => goOn.promise.then(() => ok)
  await using server = await serve(door, {}, identity())
  const idle = open(server.port)
  await once(idle, 'secureConnect')
  const asking = ask(server.port)
  await server.asked
  const closing = server.close(60_000)
  await once(idle, 'close')
  goOn.resolve()
  expect((await asking).answer).toContain('200 OK')
  await closing
})

test('a long answer arrives whole', async () => {
  const size = 8 * 2 ** 20
  const door = async () => ({
    status: 200,
    headers: { 'content-length': size },
    body: Readable.from(Array.from({ length: 128 }, () => Buffer.alloc(size / 128, 7))),
  })
  await using server = await serve(door, {}, identity())
  const { answer } = await ask(server.port)
  expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toHaveLength(size)
})
