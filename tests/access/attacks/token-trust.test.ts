import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rootOf } from '../../../src/access/principal.ts'
import { Seal } from '../../../src/access/seal.ts'
import { parseAccountId } from '../../../src/core/names/account-id.ts'
import { type AttackWorld, basicHeader, openAttackWorld } from './attack-world.ts'

// Distribution CVE-2025-24976: a key inside the token was trusted. golang-jwt: tokens that are mostly dots.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld({ anonymousPull: true })
})
afterAll(() => world[Symbol.asyncDispose]())

const statusOf = async (password: string) =>
  (await world.ask('/v2/secret/app/manifests/v1', basicHeader('AWS', password))).status

const claims = {
  principal: rootOf(parseAccountId('000000000000')),
  registry: { account: '000000000000', region: 'us-east-1' },
  expires: Date.now() + 3_600_000,
}
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token says nothing about how it is to be checked', async () => {
  const key = 'mine'
  const header = base64({ alg: 'HS256', typ: 'JWT', jwk: { kty: 'oct', k: base64(key) } })
  const signed = `${header}.${base64(claims)}`
  const signature = createHmac('sha256', key).update(signed).digest('base64url')
  for (const forged of [
    `${signed}.${signature}`,
    `${base64({ alg: 'none' })}.${base64(claims)}.`,
    `${base64(claims)}.`,
    base64(claims),
  ])
    expect(await statusOf(forged)).toBe(401)
})

test('what the same key has sealed for another purpose is no token', async () => {
  for (const purpose of ['download-ticket', 'page-token', 'registry-tokens', ''])
    expect(await statusOf(new Seal(world.berth.secrets.sealKey, purpose).seal(claims))).toBe(401)
  expect(await statusOf(new Seal(world.berth.secrets.sealKey, 'registry-token').seal(claims))).toBe(200)
})

test('a token with one bit changed is none', async () => {
  const password = await world.berth.password()
  for (let at = 0; at < password.length; at += 37) {
    const other = password[at] === 'A' ? 'B' : 'A'
    expect(await statusOf(password.slice(0, at) + other + password.slice(at + 1))).toBe(401)
  }
})

test('oversized tokens cost nothing: the longest header is refused like a short one, a longer one before it is read', async () => {
  expect(await statusOf('.'.repeat(10_000))).toBe(401)
  expect(await statusOf('a'.repeat(10_000))).toBe(401)
  const longer = await world.ask('/v2/', `Bearer ${'a'.repeat(100_000)}`).then(
    ({ status }) => status,
    () => 'cut off',
  )
  expect([431, 'cut off']).toContain(longer)
})

test("oversized session tokens cost the door of AWS's calls as little", async () => {
  const call = (sessionToken: string) =>
    world.aws.call('sts', 'GetCallerIdentity', {}, { ...world.root, sessionToken }).then(
      ({ status, code }) => code ?? status,
      () => 'cut off',
    )
  for (const long of ['.'.repeat(10_000), 'a'.repeat(10_000)])
    expect(await call(long)).toBe('InvalidClientTokenId')
  expect([431, 'cut off']).toContain(await call('a'.repeat(100_000)))
})
