import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendRaw } from '../support/raw-request.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const digest = `sha256:${'0'.repeat(64)}`
const uploadId = '5d2f0c5e-0000-4000-8000-000000000000'
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

/** Every kind of path, and the methods it has (distribution spec, "Endpoints"). */
const paths: Readonly<Record<string, readonly string[]>> = {
  '/v2/': ['GET', 'HEAD'],
  '/v2': ['GET', 'HEAD'],
  '/v2/_catalog': ['GET', 'HEAD'],
  '/v2/team/app/tags/list': ['GET', 'HEAD'],
  [`/v2/team/app/referrers/${digest}`]: ['GET', 'HEAD'],
  '/v2/team/app/manifests/v1': ['GET', 'HEAD', 'PUT', 'DELETE'],
  [`/v2/team/app/manifests/${digest}`]: ['GET', 'HEAD', 'PUT', 'DELETE'],
  [`/v2/team/app/blobs/${digest}`]: ['GET', 'HEAD', 'DELETE'],
  '/v2/team/app/blobs/uploads/': ['POST'],
  [`/v2/team/app/blobs/uploads/?digest=${digest}`]: ['POST'],
  [`/v2/team/app/blobs/uploads/?mount=${digest}&from=team/base`]: ['POST'],
  [`/v2/team/app/blobs/uploads/${uploadId}`]: ['GET', 'PATCH', 'PUT', 'DELETE'],
}

const nowhere = [
  '/v2/team/app',
  '/v2/team/app/tags',
  '/v2/team/app/tags/list/',
  '/v2/team/app/manifests',
  '/v2/team/app/blobs/uploads/a/b',
  '/v2/tags/list',
  '/v2/token',
  '/v2/_catalog/',
  '/v2/%2e%2e/%2e%2e/etc/passwd',
  '/v2/../healthz',
  '/v2/\\..\\',
]

const tricks = [
  '/v2/../team/app/manifests/v1',
  '/v2/team/../app/manifests/v1',
  '/v2/team//app/manifests/v1',
  '/v2/team%2fapp/manifests/v1',
  '/v2/team/app%00/manifests/v1',
  '/v2/team\\app/manifests/v1',
  '/v2/%2e%2e/app/tags/list',
  `/v2/team/./app/blobs/${digest}`,
]

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth()
  await berth.createRepository('known/app')
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

describe.each(Object.entries(paths))('%s', (path, allowed) => {
  test.each(methods.filter((method) => allowed.includes(method)))('knows %s', async (method) => {
    const { status, body } = await ask(method, path)
    expect([405, 500]).not.toContain(status)
    expect(body).not.toContain('UNSUPPORTED')
  })

  test.each(methods.filter((method) => !allowed.includes(method)))('refuses %s', async (method) => {
    const answer = await ask(method, path)
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe(allowed.join(', '))
    expectErrors(answer, method, ['UNSUPPORTED'])
  })
})

describe.each(nowhere)('%s', (path) => {
  test.each(methods)('is no endpoint for %s', async (method) => {
    const answer = await ask(method, path)
    expect(answer.status).toBe(404)
    expectErrors(answer, method, ['UNSUPPORTED'])
  })
})

describe.each(tricks)('%s', (path) => {
  test.each(['GET', 'DELETE'])('names no repository for %s', async (method) => {
    const answer = await ask(method, path)
    expect([404, 405]).toContain(answer.status)
    expectErrors(answer, method, ['NAME_INVALID', 'UNSUPPORTED'])
  })
})

test.each([
  'v 1',
  '..',
  '%2e%2e',
  'v1%00',
  `sha256:${'0'.repeat(63)}`,
  `sha256:${'G'.repeat(64)}`,
  '.INVALID',
])('no manifest is known as %s', async (reference) => {
  const answer = await ask('GET', `/v2/known/app/manifests/${encodeURI(reference)}`)
  expect(answer.status).toBe(404)
  expectErrors(answer, 'GET', ['MANIFEST_UNKNOWN'])
})

test.each(['latest', 'sha256:', 'sha256:xyz', `md5:${'0'.repeat(32)}`, `sha256%3A${'0'.repeat(64)}`, '..'])(
  'no blob is called %s',
  async (text) => {
    const answer = await ask('GET', `/v2/team/app/blobs/${text}`)
    expect(answer.status).toBe(400)
    expectErrors(answer, 'GET', ['DIGEST_INVALID'])
  },
)

test('an endless name is refused', async () => {
  const answer = await ask('GET', `/v2/${'a/'.repeat(2000)}b/tags/list`)
  expect(answer.status).toBe(404)
  expectErrors(answer, 'GET', ['NAME_INVALID'])
})

function ask(method: string, path: string) {
  return sendRaw(berth.port, { method, path, headers: { authorization: berth.authorization } })
}

function expectErrors(
  { headers, body }: Awaited<ReturnType<typeof ask>>,
  method: string,
  codes: readonly string[],
) {
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  expect(headers['docker-distribution-api-version']).toBe('registry/2.0')
  if (method === 'HEAD') return expect(body).toBe('')
  const { errors } = JSON.parse(body)
  expect(codes).toContain(errors[0].code)
  expect(errors).toEqual([{ code: expect.any(String), message: expect.stringMatching(/./) }])
}
