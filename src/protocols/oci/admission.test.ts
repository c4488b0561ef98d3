import { describe, expect, test } from 'vitest'
import { rootOf } from '../../access/principal.ts'
import { RegistryTokens } from '../../access/registry-tokens.ts'
import { Seal } from '../../access/seal.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { admit } from './admission.ts'

const hour = 60 * 60 * 1000
const issuedAt = new Date('2026-03-01T08:00:00Z')
const account = parseAccountId('111122223333')
const region = parseRegion('eu-west-2')
const home = { account, region }
const { password } = tokensAt(issuedAt).issue(rootOf(account), home)
const registryDomain = 'registry.example'

test('a token lets its holder into its own registry', async () => {
  const admission = await admit({ headers: { authorization: basic(`AWS:${password}`) } }, rulesAt(issuedAt))
  expect(admission).toEqual({ state: 'admitted', caller: rootOf(account), registryKey: home })
})

test("the authorization token of ECR's API works as it is", async () => {
  const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
  const headers = { authorization: `basic  ${authorizationToken}` }
  expect((await admit({ headers }, rulesAt(issuedAt))).state).toBe('admitted')
})

test.each([
  ['no header', undefined],
  ['another user', basic(`root:${password}`)],
  ['the user in lower case', basic(`aws:${password}`)],
  ['no user', basic(`:${password}`)],
  ['no colon', basic(`AWS${password}`)],
  ['a wrong password', basic('AWS:secret')],
  ['an empty password', basic('AWS:')],
  ['a password with something after it', basic(`AWS:${password}:`)],
  ['a bearer token', `Bearer ${password}`],
  ['no credentials', 'Basic'],
  ['something that is not base64', `Basic AWS:${password}`],
])('%s lets nobody in', async (_what, authorization) => {
  const headers = authorization === undefined ? {} : { authorization }
  expect(await admit({ headers }, rulesAt(issuedAt))).toEqual({ state: 'unknown' })
})

describe('a robot', () => {
  const principal = { account, arn: 'arn:aws:berth:eu-west-2:111122223333:robot/ci', userId: 'BRT1' }
  const read = async (sent: string) =>
    sent === 'berth_x' ? ({ state: 'valid', principal, registry: home } as const) : invalid
  const rules = { ...rulesAt(issuedAt), robots: { read } }
  const admitBy = (authorization: string, more: object = {}) =>
    admit({ headers: { authorization } }, { ...rules, ...more })

  test('is let in by its password under its own user name alone', async () => {
    const admitted = { state: 'admitted', caller: principal, registryKey: home }
    expect(await admitBy(basic('robot:berth_x'))).toEqual(admitted)
    for (const credentials of ['AWS:berth_x', 'berth_x', 'robot:other', `robot:${password}`, 'Robot:berth_x'])
      expect(await admitBy(basic(credentials))).toEqual({ state: 'unknown' })
  })

  test('is let in by a bearer token only where there are any', async () => {
    expect(await admitBy('Bearer berth_x')).toEqual({ state: 'unknown' })
    expect(await admitBy('Bearer berth_x', { anonymousRegistry: home })).toMatchObject({ caller: principal })
  })
})

test('a token is told that it has expired after twelve hours', async () => {
  const later = rulesAt(new Date(issuedAt.getTime() + 12 * hour))
  const headers = { authorization: basic(`AWS:${password}`) }
  expect(await admit({ headers }, later)).toEqual({ state: 'expired' })
})

test.each([
  ['111122223333.dkr.ecr.eu-west-2.registry.example:4566', home],
  ['444455556666.dkr.ecr.eu-west-2.registry.example', { account: parseAccountId('444455556666'), region }],
  ['localhost:4566', home],
  ['registry.example', home],
  ['111122223333.dkr.ecr.eu-west-2.another.example', home],
])('at %s the caller talks to the registry of that name, or else to their own', async (host, registryKey) => {
  expect(await admitAt(host)).toMatchObject({ state: 'admitted', caller: rootOf(account), registryKey })
})

test('a token of one region opens no registry of another', async () => {
  expect(await admitAt('111122223333.dkr.ecr.us-east-1.registry.example')).toEqual({ state: 'unknown' })
})

test('without a registry domain the host names no registry', async () => {
  const headers = {
    host: '444455556666.dkr.ecr.eu-west-2.registry.example',
    authorization: basic(`AWS:${password}`),
  }
  expect(await admit({ headers }, rulesAt(issuedAt))).toMatchObject({ registryKey: home })
})

test('a header that is known says who is calling, and the host still where', async () => {
  const rules = { ...rulesAt(issuedAt), registryDomain }
  const at = (host: string, authorization: string) => admit({ headers: { host, authorization } }, rules)
  const known = basic(`AWS:${password}`)
  expect(await at('localhost', known)).toMatchObject({ registryKey: home })
  const there = '444455556666.dkr.ecr.eu-west-2.registry.example'
  expect(await at(there, known)).toMatchObject({ registryKey: { account: '444455556666', region } })
  expect(await at('111122223333.dkr.ecr.us-east-1.registry.example', known)).toEqual({ state: 'unknown' })
  expect(await at('localhost', `${known}A`)).toEqual({ state: 'unknown' })
  expect(await at('localhost', password)).toEqual({ state: 'unknown' })
})

function admitAt(host: string) {
  const headers = { host, authorization: basic(`AWS:${password}`) }
  return admit({ headers }, { ...rulesAt(issuedAt), registryDomain })
}

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}

const invalid = { state: 'invalid' } as const
const noRobots = { read: async () => invalid }

function rulesAt(now: Date) {
  return { tokens: tokensAt(now), robots: noRobots }
}

function tokensAt(now: Date): RegistryTokens {
  return new RegistryTokens(new Seal(new Uint8Array(32), 'registry-token'), () => now)
}
