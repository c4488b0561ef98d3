import { BatchDeleteImageCommand, CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushBlob } from '../support/push-image.ts'
import { send } from '../support/registry-client.ts'
import { registryError } from '../support/registry-errors.ts'
import { basic } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blob, type TestBlob } from '../support/test-image.ts'

const random = new SeededRandom('blobs')
const layer = blob(random.bytes(1_000_000))
const path = `/v2/team/app/blobs/${layer.digest}`

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth()
  for (const name of ['team/app', 'team/base', 'team/other']) await berth.createRepository(name)
  await pushBlob(berth, 'team/app', layer)
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test('HEAD tells length and name without the bytes', async () => {
  const answer = await ask('HEAD', path)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-length')).toBe('1000000')
  expect(answer.headers.get('docker-content-digest')).toBe(layer.digest)
  expect(answer.headers.get('accept-ranges')).toBe('bytes')
  expect(await answer.text()).toBe('')
})

test('GET brings every byte', async () => {
  const answer = await ask('GET', path)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect((await bytesOf(answer)).equals(layer.content)).toBe(true)
})

test.each([
  ['bytes=0-0', 0, 0],
  ['bytes=500000-', 500_000, 999_999],
  ['bytes=999999-2000000', 999_999, 999_999],
  ['bytes=-1000', 999_000, 999_999],
  ['bytes=262144-524287', 262_144, 524_287],
])('a range brings exactly its bytes: %s', async (range, first, last) => {
  const answer = await ask('GET', path, { range })
  expect(answer.status).toBe(206)
  expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/1000000`)
  expect(answer.headers.get('content-length')).toBe(String(last - first + 1))
  expect((await bytesOf(answer)).equals(layer.content.subarray(first, last + 1))).toBe(true)
})

test.each(['bytes=1000000-', 'bytes=-0', 'bytes=9-3'])(
  'a range that holds no byte of the blob is refused with its length: %s',
  async (range) => {
    const answer = await ask('GET', path, { range })
    expect(answer.headers.get('content-range')).toBe('bytes */1000000')
    expect(await registryError(answer)).toMatchObject({ status: 416, code: 'SIZE_INVALID' })
  },
)

test.each(['bytes=0-1,5-6', 'lines=1-2'])('what is no single range brings everything: %s', async (range) => {
  const answer = await ask('GET', path, { range })
  expect(answer.status).toBe(200)
  expect(await bytesOf(answer)).toHaveLength(1_000_000)
})

test('a range of something else than the client has brings everything', async () => {
  const etag = `"${layer.digest}"`
  const same = await ask('GET', path, { range: 'bytes=0-1', 'if-range': etag })
  expect([same.status, (await bytesOf(same)).length]).toEqual([206, 2])
  const changed = await ask('GET', path, { range: 'bytes=0-1', 'if-range': '"sha256:other"' })
  expect([changed.status, (await bytesOf(changed)).length]).toEqual([200, 1_000_000])
})

test.each(['GET', 'HEAD'])('%s sends a client that wants something else nothing', async (method) => {
  expect((await ask(method, path, { 'if-match': `"${layer.digest}"` })).status).toBe(200)
  const answer = await ask(method, path, { 'if-match': '"something else"' })
  expect([answer.status, (await answer.text()).length < 1_000]).toEqual([412, true])
})

test.each(['GET', 'HEAD'])('%s sends nothing to a client that has the blob', async (method) => {
  const etag = (await ask('HEAD', path)).headers.get('etag') ?? ''
  const answer = await ask(method, path, { 'if-none-match': `"other", W/${etag}` })
  expect([answer.status, await answer.text()]).toEqual([304, ''])
})

test('a missing blob is missing', async () => {
  const { digest } = blob(random.bytes(10))
  expect((await ask('HEAD', `/v2/team/app/blobs/${digest}`)).status).toBe(404)
  expect(await registryError(await ask('GET', `/v2/team/app/blobs/${digest}`))).toEqual({
    status: 404,
    code: 'BLOB_UNKNOWN',
    message: `The layer with digest '${digest}' does not exist within the repository with name 'team/app' in the registry with id '000000000000'`,
  })
})

test('a repository shows no blob of another, in no way', async () => {
  const other = `/v2/team/other/blobs/${layer.digest}`
  for (const method of ['HEAD', 'GET', 'DELETE']) expect((await ask(method, other)).status).toBe(404)
  expect((await ask('GET', other, { range: 'bytes=0-1' })).status).toBe(404)
  expect((await ask('GET', other, { 'if-none-match': `"${layer.digest}"` })).status).toBe(404)
})

test('a blob is mounted from a repository that has it, without its bytes being sent', async () => {
  const base = blob(random.bytes(1000))
  await pushBlob(berth, 'team/base', base)
  const answer = await mount('team/app', base, 'team/base')
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/v2/team/app/blobs/${base.digest}`)
  expect(answer.headers.get('docker-content-digest')).toBe(base.digest)
  const mounted = await ask('GET', `/v2/team/app/blobs/${base.digest}`)
  expect((await bytesOf(mounted)).equals(base.content)).toBe(true)
})

test('a blob is mounted without its source being named, from wherever the caller may read it', async () => {
  const base = blob(random.bytes(1000))
  await pushBlob(berth, 'team/base', base)
  const answer = await mount('team/app', base, undefined)
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/v2/team/app/blobs/${base.digest}`)
  expect(answer.headers.get('docker-content-digest')).toBe(base.digest)
  const mounted = await ask('GET', `/v2/team/app/blobs/${base.digest}`)
  expect((await bytesOf(mounted)).equals(base.content)).toBe(true)
})

test('what other regions have is not mounted from there, named or not', async () => {
  const foreign = blob(random.bytes(1000))
  const abroad = { url: berth.url, authorization: basic(await berth.password({ region: 'eu-west-1' })) }
  const ecr = berth.clientOf({ region: 'eu-west-1' })
  const created = ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/abroad' }))
  await created.finally(() => ecr.destroy())
  await pushBlob(abroad, 'team/abroad', foreign)
  for (const from of [undefined, 'team/abroad']) {
    expect((await mount('team/app', foreign, from)).status).toBe(202)
  }
})

test.each([
  ['a repository that lacks it', 'team/other'],
  ['a repository that does not exist', 'no/such'],
  ['what is no repository', '../app'],
  ['what is nowhere', undefined],
])('a mount from %s begins an upload instead', async (_where, from) => {
  const answer = await mount('team/base', blob(random.bytes(10)), from)
  expect(answer.status).toBe(202)
  expect(answer.headers.get('location')).toMatch(/^\/v2\/team\/base\/blobs\/uploads\/[0-9a-f-]{36}$/)
})

test('a mount into a missing repository is refused', async () => {
  expect(await registryError(await mount('no/such', layer, 'team/app'))).toMatchObject({
    status: 404,
    code: 'NAME_UNKNOWN',
  })
})

test('a deleted blob is gone from its repository and stays in others', async () => {
  const shared = blob(random.bytes(1000))
  await pushBlob(berth, 'team/app', shared)
  await pushBlob(berth, 'team/other', shared)
  expect((await ask('DELETE', `/v2/team/app/blobs/${shared.digest}`)).status).toBe(202)
  expect((await ask('HEAD', `/v2/team/app/blobs/${shared.digest}`)).status).toBe(404)
  expect((await ask('DELETE', `/v2/team/app/blobs/${shared.digest}`)).status).toBe(404)
  expect((await ask('HEAD', `/v2/team/other/blobs/${shared.digest}`)).status).toBe(200)
})

test('a blob that an image needs stays', async () => {
  const { config } = await berth.pushRandomImage('team/app', 'needs-config')
  const answer = await ask('DELETE', `/v2/team/app/blobs/${config.digest}`)
  expect(await registryError(answer)).toMatchObject({ status: 405, code: 'UNSUPPORTED' })
  expect((await ask('HEAD', `/v2/team/app/blobs/${config.digest}`)).status).toBe(200)
})

test('a pull that runs while everything is deleted gets every byte', async () => {
  const { digest, layers } = await berth.pushRandomImage('team/app', 'short-lived', [30_000_000])
  const [large] = layers
  const answer = await ask('GET', `/v2/team/app/blobs/${large?.digest}`)
  const imageIds = [{ imageDigest: digest }]
  await berth.ecr.send(new BatchDeleteImageCommand({ repositoryName: 'team/app', imageIds }))
  await ask('DELETE', `/v2/team/app/blobs/${large?.digest}`)
  expect((await ask('HEAD', `/v2/team/app/blobs/${large?.digest}`)).status).toBe(404)
  expect((await bytesOf(answer)).equals(large?.content ?? Buffer.alloc(0))).toBe(true)
})

test('an empty blob is a blob', async () => {
  const empty = blob(Buffer.alloc(0))
  await pushBlob(berth, 'team/app', empty)
  const answer = await ask('GET', `/v2/team/app/blobs/${empty.digest}`)
  expect([answer.status, await answer.text()]).toEqual([200, ''])
})

function ask(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return send(berth, method, target, { headers })
}

function mount(repository: string, { digest }: TestBlob, from: string | undefined): Promise<Response> {
  const query = new URLSearchParams({ mount: digest, ...(from === undefined ? {} : { from }) })
  return ask('POST', `/v2/${repository}/blobs/uploads/?${query}`)
}

async function bytesOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer())
}
