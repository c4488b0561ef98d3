import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { OutboundClient } from '../outbound-client.ts'
import { AddressRefusedError } from '../outbound-errors.ts'
import { startUpstream, type Upstream } from '../testing/upstream.ts'
import { fetchReferrers } from './fetch-referrers.ts'
import { RegistryRefusedError } from './registry-errors.ts'
import { type RegistryPlace, RegistrySession } from './registry-session.ts'

const account = { username: 'ada', password: 'lovelace' }
const basic = `Basic ${Buffer.from('ada:lovelace').toString('base64')}`
const now = new Date('2026-03-01T08:00:00.000Z')

interface Heard extends Upstream {
  readonly requests: { readonly url: string; readonly authorization: string | undefined }[]
}

/** A server that notes who asked for what. */
async function listen(answer: RequestListener): Promise<Heard> {
  const requests: Heard['requests'] = []
  const upstream = await startUpstream((request, response) => {
    requests.push({ url: request.url ?? '', authorization: request.headers.authorization })
    answer(request, response)
  })
  return Object.assign(upstream, { requests })
}

/** A registry that lets in whoever has the token, and says where to get one. */
function registryOf(realm: () => string): RequestListener {
  return (request, response) => {
    if (request.headers.authorization === 'Bearer good') response.writeHead(200).end('in')
    else
      response
        .writeHead(401, { 'www-authenticate': `Bearer realm="${realm()}",service="the registry"` })
        .end()
  }
}

function giveToken(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200).end(JSON.stringify({ token: 'good', expires_in: 300 }))
}

function sessionOf(
  client: OutboundClient,
  place: Partial<RegistryPlace> & { readonly origin: string },
  clock = { now },
) {
  return new RegistrySession(client, { tokenHosts: [], ...place }, () => clock.now)
}

function outbound(): OutboundClient {
  return new OutboundClient({ isAllowed: (address) => address === '127.0.0.1' })
}

const pull = {
  method: 'GET',
  path: '/v2/team/app/manifests/v1',
  repository: 'team/app',
  maxBytes: 1000,
} as const

async function statusOf(session: RegistrySession): Promise<number> {
  await using answer = await session.send(pull)
  return answer.status
}

test('a token is got for the one repository, kept while it lasts, and shown to the registry alone', async () => {
  await using registry = await listen((request, response) =>
    request.url?.startsWith('/token')
      ? giveToken(request, response)
      : registryOf(() => `${registry.url}token?x=1`)(request, response),
  )
  using client = outbound()
  const clock = { now }
  const session = sessionOf(client, { origin: registry.url.origin, account }, clock)
  expect(await statusOf(session)).toBe(200)
  expect(await statusOf(session)).toBe(200)
  expect(registry.requests).toEqual([
    { url: pull.path, authorization: undefined },
    { url: '/token?x=1&service=the+registry&scope=repository%3Ateam%2Fapp%3Apull', authorization: basic },
    { url: pull.path, authorization: 'Bearer good' },
    { url: pull.path, authorization: 'Bearer good' },
  ])
  clock.now = new Date(now.getTime() + 300_000)
  await statusOf(session)
  expect(registry.requests).toHaveLength(7)
})

test('a registry that asks for a password gets it, and only after it asked', async () => {
  await using registry = await listen((request, response) => {
    const status = request.headers.authorization === basic ? 200 : 401
    response.writeHead(status, { 'www-authenticate': 'Basic realm="registry"' }).end()
  })
  using client = outbound()
  expect(await statusOf(sessionOf(client, { origin: registry.url.origin, account }))).toBe(200)
  expect(registry.requests.map(({ authorization }) => authorization)).toEqual([undefined, basic])
  const nobody = sessionOf(client, { origin: registry.url.origin })
  await expect(nobody.send(pull)).rejects.toThrow('wants credentials')
})

describe('credentials', () => {
  test('CVE-2026-33540 (Distribution): are not shown to a token service that a registry merely names', async () => {
    await using thief = await listen(giveToken)
    await using registry = await listen(registryOf(() => `${thief.url}token`))
    using client = outbound()
    const session = sessionOf(client, { origin: registry.url.origin, account })
    await expect(session.send(pull)).rejects.toThrow(RegistryRefusedError)
    expect(thief.requests).toEqual([])
  })

  test.each([
    'http://auth.example.com/token',
    'https://auth.example.com.evil.example/token',
    'https://auth.example.com@evil.example/token',
    'https://auth.example.com:8443/token',
    'https://evil.example/?auth.example.com',
    'file:///etc/passwd',
    'token',
    '',
  ])('are not shown to the token service %j', async (realm) => {
    await using registry = await listen(registryOf(() => realm))
    using client = outbound()
    const place = { origin: registry.url.origin, tokenHosts: ['auth.example.com'], account }
    const error: unknown = await sessionOf(client, place)
      .send(pull)
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(RegistryRefusedError)
    expect(String(error)).not.toContain('lovelace')
  })

  test('CVE-2020-15157 (containerd): are not shown where a redirect leads', async () => {
    await using elsewhere = await listen((_, response) => response.writeHead(200).end('bytes'))
    await using registry = await listen((request, response) => {
      if (request.headers.authorization === basic)
        response.writeHead(307, { location: elsewhere.url.href }).end()
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' }).end()
    })
    using client = outbound()
    expect(await statusOf(sessionOf(client, { origin: registry.url.origin, account }))).toBe(200)
    expect(elsewhere.requests).toEqual([{ url: '/', authorization: undefined }])
  })

  test('are not shown where a token service redirects to', async () => {
    await using thief = await listen(giveToken)
    await using registry = await listen((request, response) => {
      if (request.url?.startsWith('/token')) response.writeHead(302, { location: thief.url.href }).end()
      else registryOf(() => `${registry.url}token`)(request, response)
    })
    using client = outbound()
    await statusOf(sessionOf(client, { origin: registry.url.origin, account }))
    expect(thief.requests.map(({ authorization }) => authorization)).toEqual([undefined])
  })
})

test('CVE-2020-13788 (Harbor): neither a redirect nor a realm leads to the metadata service of a cloud', async () => {
  await using redirecting = await listen((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  )
  using client = outbound()
  await expect(sessionOf(client, { origin: redirecting.url.origin }).send(pull)).rejects.toThrow(
    AddressRefusedError,
  )
  await using naming = await listen(registryOf(() => 'https://169.254.169.254/latest/meta-data/'))
  await expect(sessionOf(client, { origin: naming.url.origin }).send(pull)).rejects.toThrow(
    AddressRefusedError,
  )
})

test('a token that would write other headers is none', async () => {
  await using registry = await listen((request, response) => {
    if (request.url?.startsWith('/token')) response.writeHead(200).end(JSON.stringify({ token: 'a\r\nx: y' }))
    else registryOf(() => `${registry.url}token`)(request, response)
  })
  using client = outbound()
  await expect(sessionOf(client, { origin: registry.url.origin }).send(pull)).rejects.toThrow('gave no token')
})

describe('a list of referrers', () => {
  const wanted = { repository: 'team/app', subject: 'sha256:0', limit: 100, now }
  const place = '/v2/team/app/referrers/sha256:0'
  const listOf = (...digests: string[]) =>
    JSON.stringify({ manifests: digests.map((digest) => ({ digest })) })

  test('is read page by page, up to a limit', async () => {
    await using registry = await listen(({ url }, response) => {
      const page = Number(new URL(url ?? '', 'http://x').searchParams.get('page') ?? 0)
      response
        .writeHead(200, { link: `<${place}?page=${page + 1}>; rel="next"` })
        .end(listOf(`${page}a`, `${page}b`))
    })
    using client = outbound()
    const session = sessionOf(client, { origin: registry.url.origin })
    expect(await fetchReferrers(session, { ...wanted, limit: 3 })).toEqual(['0a', '0b', '1a'])
    expect(await fetchReferrers(session, wanted)).toHaveLength(20)
  })

  test.each([
    'http://elsewhere.example/v2/team/app/referrers/x',
    '/v2/team/secret/referrers/x',
    '//elsewhere.example/',
  ])('is not gone on with at %s', async (target) => {
    await using registry = await listen((_, response) =>
      response.writeHead(200, { link: `<${target}>; rel="next"` }).end(listOf('a')),
    )
    using client = outbound()
    const session = sessionOf(client, { origin: registry.url.origin })
    expect(await fetchReferrers(session, wanted)).toEqual(['a'])
    expect(registry.requests).toHaveLength(1)
  })
})
