import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendRaw } from '../../support/raw-request.ts'
import { type AttackWorld, allow, arnOf, openAttackWorld, pulling } from './attack-world.ts'

// Harbor GHSA-wrw5-gmvj-gf23: a User-Agent skipped a check. Proxies and routers disagree about paths, hosts and addresses.

const domain = 'registry.test'
let world: AttackWorld
/** May pull from `open/app` alone. */
let guest: string
beforeAll(async () => {
  world = await openAttackWorld({ registryDomain: domain, trustedProxies: '192.0.2.1/32' })
  const token = allow('ecr:GetAuthorizationToken')
  guest = await world.login(await world.user('guest', token, allow(pulling, arnOf('open/app'))))
})
afterAll(() => world[Symbol.asyncDispose]())

const raw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  sendRaw(world.berth.port, {
    path,
    method,
    headers: { authorization: guest, host: 'localhost', ...headers },
  })

test('no spelling of a path leads around a policy', async () => {
  const paths = [
    '/v2/open/app/../../secret/app/manifests/v1',
    '/v2/open/app/..%2f..%2fsecret/app/manifests/v1',
    '/v2/secret%2fapp/manifests/v1',
    '/v2//secret/app/manifests/v1',
    '/v2/secret/app/manifests/v1/',
    '/v2/./secret/app/manifests/v1',
    '/v2/Secret/app/manifests/v1',
    '/v2/secret/app/manifests/v1;open/app',
    '/v2/open/app/manifests/v1/../../../../secret/app/manifests/v1',
    '/V2/secret/app/manifests/v1',
    '/v2/secret/app/manifests/v1?name=open/app',
    '/v2/secret/app/manifests/v1#/v2/open/app',
  ]
  for (const path of paths) {
    const { status, body } = await raw(path)
    expect([400, 403, 404, 405], path).toContain(status)
    expect(body).not.toContain('schemaVersion')
  }
})

test('no header makes another path, method, user or address of a request', async () => {
  const keys = await world.user('from-inside', {
    ...allow(pulling),
    Condition: { IpAddress: { 'aws:SourceIp': '10.1.2.3/32' } },
  })
  const secret = '/v2/secret/app/manifests/v1'
  for (const headers of [
    { 'x-original-url': '/v2/open/app/tags/list' },
    { 'x-rewrite-url': '/v2/open/app/tags/list' },
    { 'x-http-method-override': 'GET' },
    { 'x-forwarded-user': 'root' },
    { 'x-forwarded-for': '10.1.2.3' },
    { forwarded: 'for=10.1.2.3' },
    { 'x-real-ip': '10.1.2.3' },
    { 'user-agent': 'berth/1.0 (internal)' },
    { 'x-amz-security-token': 'x' },
  ])
    expect((await raw(secret, headers as unknown as Record<string, string>)).status).toBe(403)
  await expect(world.login(keys)).rejects.toThrow('is not authorized to perform: ecr:GetAuthorizationToken')
})

test('a host that names another registry gives no right there', async () => {
  for (const host of [
    `111122223333.dkr.ecr.us-east-1.${domain}`,
    `000000000000.dkr.ecr.us-east-1.${domain}`,
    `000000000000.DKR.ECR.us-east-1.${domain}`,
    `x.000000000000.dkr.ecr.us-east-1.${domain}`,
  ]) {
    const answer = await raw('/v2/secret/app/manifests/v1', { host })
    expect([401, 403], host).toContain(answer.status)
    const forwarded = await raw('/v2/secret/app/manifests/v1', { 'x-forwarded-host': host })
    expect(forwarded.status).toBe(403)
  }
  const abroad = await raw('/v2/open/app/tags/list', { host: `000000000000.dkr.ecr.eu-west-1.${domain}` })
  expect(abroad.status).toBe(401)
})
