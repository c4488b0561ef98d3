import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendRaw } from '../../support/raw-request.ts'
import { startBerth } from '../../support/start-berth.ts'
import { type AttackWorld, openAttackWorld } from './attack-world.ts'

// Harbor GO-2025-3825, Zot #3844 and #4238: a page of another site had a browser act, show what was sent to it, or go elsewhere.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld({ anonymousPull: true })
})
afterAll(() => world[Symbol.asyncDispose]())

const site = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
const forms = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

test('no other site may read what is answered, whatever it asks for', async () => {
  for (const path of ['/', '/v2/', '/v2/token', '/healthz', '/metrics', '/console', '/berth/v1/ListRobots'])
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await world.ask(path, undefined, { method, headers: site, redirect: 'manual' })
      expect(
        [...headers.keys()].filter((name) => name.startsWith('access-control-')),
        path,
      ).toEqual([])
    }
})

test('a form signs nobody in, calls nothing and deletes nothing', async () => {
  for (const type of forms) {
    const init = { method: 'POST', headers: { ...site, 'content-type': type }, body: '{"ticket":"x"}' }
    expect((await world.ask('/console/session', undefined, init)).status).toBe(415)
    const call = { ...init, body: 'Action=ListUsers&Version=2010-05-08' }
    expect((await world.ask('/', undefined, call)).status, type).toBeGreaterThanOrEqual(400)
  }
})

test('a browser keeps no login that another site could use', async () => {
  for (const path of ['/', '/v2/', '/v2/token', '/confirmation.html']) {
    const answer = await world.ask(path, path === '/v2/' ? world.berth.authorization : undefined)
    expect(answer.headers.get('set-cookie'), path).toBeNull()
  }
})

test('a developer who looks at a page loses nothing by it', async () => {
  await using berth = await startBerth({ dev: true, rootAccessKey: 'test', rootSecretKey: 'test' })
  const reset = (headers: Record<string, string>) =>
    sendRaw(berth.port, { path: '/_berth/reset', method: 'POST', headers })
  for (const headers of [
    site,
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'same-site' },
  ])
    expect((await reset(headers)).status, JSON.stringify(headers)).toBe(403)
  expect((await reset({ host: 'localhost:4566', origin: 'http://localhost:4566' })).status).toBe(200)
  expect((await reset({})).status).toBe(200)
})

test('nothing that is sent comes back as markup, and nothing redirects to another site', async () => {
  const markup = '<script>alert(1)</script>'
  const query = `TopicArn=arn:${encodeURIComponent(markup)}&Endpoint=${encodeURIComponent(markup)}&Token=${encodeURIComponent(markup)}`
  for (const path of ['/confirmation.html', '/unsubscribe.html'])
    for (const method of ['GET', 'POST']) {
      const answer = await world.ask(`${path}?${query}`, undefined, { method })
      expect(await answer.text(), path).not.toContain('<script')
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  for (const path of [
    '/console',
    '/console?to=//evil.example',
    '//evil.example/console',
    '/console//evil.example/%2e%2e',
  ]) {
    const answer = await sendRaw(world.berth.port, { path, headers: { host: 'evil.example' } })
    const { location } = answer.headers
    expect(location ?? '/console/', path).toBe('/console/')
  }
})
