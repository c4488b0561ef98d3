import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { BatchCheckLayerAvailabilityCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startUpload, withDigest } from '../support/push-image.ts'
import { type RawRequest, sendRaw } from '../support/raw-request.ts'
import { locationOf, type Sent, send } from '../support/registry-client.ts'
import { readRegistryError, registryError } from '../support/registry-errors.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blob, digestOf, type TestBlob } from '../support/test-image.ts'

const repository = 'team/app'
const random = new SeededRandom('uploads')

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth()
  await berth.createRepository(repository)
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test('an upload begins with a place to go on at', async () => {
  const answer = await ask('POST', `/v2/${repository}/blobs/uploads/`)
  expect(answer.status).toBe(202)
  const id = answer.headers.get('docker-upload-uuid')
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect(answer.headers.get('location')).toBe(`/v2/${repository}/blobs/uploads/${id}`)
  expect(answer.headers.get('range')).toBe('0-0')
})

test('one POST brings a whole blob', async () => {
  const layer = anyBlob(100_000)
  const answer = await ask('POST', `/v2/${repository}/blobs/uploads/?digest=${layer.digest}`, bytesOf(layer))
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/v2/${repository}/blobs/${layer.digest}`)
  expect(answer.headers.get('docker-content-digest')).toBe(layer.digest)
  await expectStored(layer)
})

test('POST and PUT bring a whole blob', async () => {
  const layer = anyBlob(100_000)
  const answer = await ask('PUT', withDigest(await begin(), layer.digest), bytesOf(layer))
  expect(answer.status).toBe(201)
  await expectStored(layer)
})

test('POST, PATCH and PUT bring a streamed blob', async () => {
  const layer = anyBlob(3_000_000)
  const patched = await ask('PATCH', await begin(), bytesOf(layer))
  expect(patched.status).toBe(202)
  expect(patched.headers.get('range')).toBe('0-2999999')
  const finished = await ask('PUT', withDigest(locationOf(patched), layer.digest))
  expect(finished.status).toBe(201)
  await expectStored(layer)
})

test('chunks bring a blob, the last of them with PUT, and the range moves on with each', async () => {
  const layer = anyBlob(25_000)
  const location = await begin()
  const first = await chunk('PATCH', location, layer, 0, 9_999)
  expect([first.status, first.headers.get('range')]).toEqual([202, '0-9999'])
  const second = await chunk('PATCH', locationOf(first), layer, 10_000, 19_999)
  expect([second.status, second.headers.get('range')]).toEqual([202, '0-19999'])
  const last = await chunk('PUT', withDigest(locationOf(second), layer.digest), layer, 20_000, 24_999)
  expect(last.status).toBe(201)
  await expectStored(layer)
})

test('a chunk out of order is refused with where the upload stands', async () => {
  const layer = anyBlob(30_000)
  const location = await begin()
  await chunk('PATCH', location, layer, 0, 9_999)
  for (const [first, last] of [
    [20_000, 29_999],
    [0, 9_999],
    [5_000, 14_999],
  ] as const) {
    const refused = await chunk('PATCH', location, layer, first, last)
    expect(refused.status).toBe(416)
    expect(refused.headers.get('range')).toBe('0-9999')
    expect(refused.headers.get('location')).toBe(location)
    expect((await registryError(refused)).code).toBe('BLOB_UPLOAD_INVALID')
  }
  const rest = await chunk('PUT', withDigest(location, layer.digest), layer, 10_000, 29_999)
  expect(rest.status).toBe(201)
  await expectStored(layer)
})

test('a chunk whose length contradicts its range is refused and leaves no trace', async () => {
  const layer = anyBlob(10_000)
  const location = await begin()
  const headers = { 'content-range': '0-4999' }
  const refused = await ask('PATCH', location, { headers, body: new Uint8Array(layer.content) })
  expect(await registryError(refused)).toMatchObject({ status: 400, code: 'SIZE_INVALID' })
  const malformed = await ask('PATCH', location, {
    ...bytesOf(layer),
    headers: { 'content-range': 'all of it' },
  })
  expect(await registryError(malformed)).toMatchObject({ status: 400, code: 'BLOB_UPLOAD_INVALID' })
  expect((await ask('GET', location)).headers.get('range')).toBe('0-0')
})

test('an upload says how far it is', async () => {
  const layer = anyBlob(10_000)
  const location = await begin()
  await ask('PATCH', location, bytesOf(layer))
  const status = await ask('GET', location)
  expect(status.status).toBe(204)
  expect(status.headers.get('range')).toBe('0-9999')
  expect(status.headers.get('location')).toBe(location)
  expect(status.headers.get('docker-upload-uuid')).toBe(location.split('/').at(-1))
})

test('an upload whose connection is cut in the middle goes on where it was cut', async () => {
  const layer = anyBlob(4_000_000)
  const location = await begin()
  await sendAndCut(location, layer, 2_500_000)
  const held = await settledSize(location)
  expect(held).toBeGreaterThan(0)
  expect(held).toBeLessThanOrEqual(2_500_000)
  const rest = await chunk('PATCH', location, layer, held, layer.content.length - 1)
  expect(rest.status).toBe(202)
  expect((await ask('PUT', withDigest(location, layer.digest))).status).toBe(201)
  await expectStored(layer)
})

test('a PUT that is cut in the middle makes no blob', async () => {
  const layer = anyBlob(4_000_000)
  const location = await begin()
  await sendAndCut(withDigest(location, layer.digest), layer, 3_000_000, 'PUT')
  expect((await ask('HEAD', `/v2/${repository}/blobs/${layer.digest}`)).status).toBe(404)
  const held = await settledSize(location)
  const rest = await chunk('PUT', withDigest(location, layer.digest), layer, held, layer.content.length - 1)
  expect(rest.status).toBe(201)
  await expectStored(layer)
})

test('of two chunks sent to one place at once, one is taken and the other is told where to go on', async () => {
  const layer = anyBlob(2_000_000)
  const location = await begin()
  const answers = await Promise.all([
    chunk('PATCH', location, layer, 0, 999_999),
    chunk('PATCH', location, layer, 0, 999_999),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 416])
  expect(answers.map(({ headers }) => headers.get('range'))).toEqual(['0-999999', '0-999999'])
  const rest = await chunk('PUT', withDigest(location, layer.digest), layer, 1_000_000, 1_999_999)
  expect(rest.status).toBe(201)
  await expectStored(layer)
})

test('bytes that hash to something else make no blob, and the upload stays', async () => {
  const [layer, other] = [anyBlob(10_000), anyBlob(10_000)]
  const location = await begin()
  const refused = await ask('PUT', withDigest(location, other.digest), bytesOf(layer))
  expect(await registryError(refused)).toEqual({
    status: 400,
    code: 'BLOB_UPLOAD_INVALID',
    message: 'None of the provided layer digests match the calculated layer digest',
  })
  for (const { digest } of [layer, other]) {
    expect((await ask('HEAD', `/v2/${repository}/blobs/${digest}`)).status).toBe(404)
  }
  expect((await ask('PUT', withDigest(location, layer.digest))).status).toBe(201)
})

test('a single POST that hashes to something else leaves nothing behind', async () => {
  const answer = await ask(
    'POST',
    `/v2/${repository}/blobs/uploads/?digest=${anyBlob(9).digest}`,
    bytesOf(anyBlob(9)),
  )
  expect(await registryError(answer)).toMatchObject({ status: 400, code: 'BLOB_UPLOAD_INVALID' })
})

test.each([
  '',
  'sha256:abc',
  'md5:d41d8cd98f00b204e9800998ecf8427e',
  '../../etc/passwd',
  `sha256:${'A'.repeat(64)}`,
])('no upload is finished as %j', async (digest) => {
  const location = await begin()
  for (const [method, target] of [
    ['PUT', `${location}?digest=${encodeURIComponent(digest)}`],
    ['POST', `/v2/${repository}/blobs/uploads/?digest=${encodeURIComponent(digest)}`],
  ] as const) {
    const answer = await ask(method, target, { body: 'x' })
    expect(await registryError(answer)).toMatchObject({ status: 400, code: 'DIGEST_INVALID' })
  }
})

test('a blob may be named by SHA-512', async () => {
  const content = random.bytes(1000)
  const layer = { content, digest: `sha512:${createHash('sha512').update(content).digest('hex')}` }
  const answer = await ask('PUT', withDigest(await begin(), layer.digest), bytesOf(layer))
  expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([201, layer.digest])
  const stored = await ask('GET', `/v2/${repository}/blobs/${layer.digest}`)
  expect(Buffer.from(await stored.bytes()).equals(content)).toBe(true)
})

test('a cancelled upload is gone', async () => {
  const location = await begin()
  expect((await ask('DELETE', location)).status).toBe(204)
  for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
    const target = method === 'PUT' ? withDigest(location, digestOf('')) : location
    const answer = await ask(method, target)
    expect(await registryError(answer)).toMatchObject({ status: 404, code: 'BLOB_UPLOAD_UNKNOWN' })
  }
})

test.each(['5d2f0c5e-0000-4000-8000-000000000000', '..', '%2e%2e', 'metadata.db', 'x'.repeat(300)])(
  'there is no upload %s',
  async (id) => {
    const path = `/v2/${repository}/blobs/uploads/${id}`
    const answer = await raw({ method: 'PATCH', path, body: 'x' })
    expect(readRegistryError(answer.status, answer.body)).toMatchObject({
      status: 404,
      code: 'BLOB_UPLOAD_UNKNOWN',
    })
  },
)

test("one repository's upload is unknown to another", async () => {
  await berth.createRepository('team/other')
  const location = await begin()
  const answer = await ask('PATCH', location.replace(repository, 'team/other'), { body: 'x' })
  expect(answer.status).toBe(404)
})

test('a push to a missing repository is answered, however much the client sends before it listens', async () => {
  const body = random.bytes(20_000_000)
  const digest = digestOf(body)
  const answer = await raw({ method: 'POST', path: `/v2/no/such/blobs/uploads/?digest=${digest}`, body })
  expect(readRegistryError(answer.status, answer.body)).toEqual({
    status: 404,
    code: 'NAME_UNKNOWN',
    message: "The repository with name 'no/such' does not exist in the registry with id '000000000000'",
  })
})

test('what is pushed here can be asked for through the JSON API', async () => {
  const layer = anyBlob(5_000)
  await ask('PUT', withDigest(await begin(), layer.digest), bytesOf(layer))
  const wanted = { repositoryName: repository, layerDigests: [layer.digest] }
  const { layers } = await berth.ecr.send(new BatchCheckLayerAvailabilityCommand(wanted))
  expect(layers).toMatchObject([{ layerAvailability: 'AVAILABLE', layerSize: 5_000 }])
})

function anyBlob(size: number): TestBlob {
  return blob(random.bytes(size))
}

function bytesOf({ content }: TestBlob): Sent {
  return { body: new Uint8Array(content) }
}

function begin(): Promise<string> {
  return startUpload(berth, repository)
}

function ask(method: string, target: string, sent?: Sent): Promise<Response> {
  return send(berth, method, target, sent)
}

function raw(request: RawRequest) {
  return sendRaw(berth.port, { ...request, headers: { authorization: berth.authorization } })
}

function chunk(method: 'PATCH' | 'PUT', target: string, { content }: TestBlob, first: number, last: number) {
  const headers = { 'content-range': `${first}-${last}` }
  return ask(method, target, { headers, body: new Uint8Array(content.subarray(first, last + 1)) })
}

/** Announces the whole blob, sends some of it and goes away once the system has taken that. */
async function sendAndCut(
  target: string,
  { content }: TestBlob,
  length: number,
  method = 'PATCH',
): Promise<void> {
  const headers = { authorization: berth.authorization, 'content-length': content.length }
  const outgoing = request(new URL(target, berth.url), { method, headers, agent: false }).on(
    'error',
    () => {},
  )
  await new Promise<void>((resolve) => outgoing.write(content.subarray(0, length), () => resolve()))
  const gone = new Promise((resolve) => outgoing.once('close', resolve))
  outgoing.destroy()
  await gone
}

/** How many bytes an upload holds once a request that was cut has been noticed; asked behind whatever still runs on it. */
async function settledSize(location: string): Promise<number> {
  let [before, size] = [-1, 0]
  while (size !== before || size < 2) {
    before = size
    const behind = await ask('PATCH', location, { body: '' })
    size = Number(behind.headers.get('range')?.split('-')[1]) + 1
  }
  return size
}

async function expectStored({ digest, content }: TestBlob): Promise<void> {
  const answer = await ask('GET', `/v2/${repository}/blobs/${digest}`)
  expect(answer.status).toBe(200)
  expect(Buffer.from(await answer.bytes()).equals(content)).toBe(true)
}
