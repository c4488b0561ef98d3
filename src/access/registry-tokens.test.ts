import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { parseRegion } from '../core/names/region.ts'
import { rootOf } from './principal.ts'
import { RegistryTokens } from './registry-tokens.ts'
import { Seal } from './seal.ts'

const hour = 60 * 60 * 1000
const issuedAt = new Date('2026-03-01T08:00:00Z')
const root = rootOf(parseAccountId('111122223333'))
const registry = { account: root.account, region: parseRegion('eu-west-2') }

test('a token says who asked for it and for which registry', () => {
  const { tokens } = tokensAt(issuedAt)
  const { password } = tokens.issue(root, registry)
  const valid = { state: 'valid', principal: root, registry }
  expect(tokens.read(password)).toEqual(valid)
  expect(tokens.read(password)).toEqual(valid)
})

test('a token lives for twelve hours and not a millisecond longer', () => {
  const { tokens, travel } = tokensAt(issuedAt)
  const { password, expiresAt } = tokens.issue(root, registry)
  expect(expiresAt).toEqual(new Date('2026-03-01T20:00:00Z'))
  travel(12 * hour - 1)
  expect(tokens.read(password)).toMatchObject({ state: 'valid' })
  travel(12 * hour)
  expect(tokens.read(password)).toEqual({ state: 'expired' })
})

test('a token that is known by the text it comes in expires like any other', () => {
  const { tokens, travel } = tokensAt(issuedAt)
  const { password } = tokens.issue(root, registry)
  const afterSpace = (sent: string) => sent.split(' ')[1]
  expect(tokens.read(`Basic ${password}`, afterSpace).state).toBe('valid')
  travel(12 * hour - 1)
  expect(tokens.read(`Basic ${password}`, () => undefined).state).toBe('valid')
  travel(12 * hour)
  expect(tokens.read(`Basic ${password}`, afterSpace)).toEqual({ state: 'expired' })
})

test('a text without a password in it is worth nothing, however often it comes', () => {
  const { tokens } = tokensAt(issuedAt)
  for (let time = 0; time < 2; time++)
    expect(tokens.read('Bearer', () => undefined)).toEqual({ state: 'invalid' })
})

test('a token outlives a restart', () => {
  const { password } = tokensAt(issuedAt).tokens.issue(root, registry)
  expect(tokensAt(issuedAt).tokens.read(password)).toMatchObject({ state: 'valid', principal: root })
})

test('an expired token that was never seen before is told apart from an invalid one', () => {
  const { password } = tokensAt(issuedAt).tokens.issue(root, registry)
  const nextDay = tokensAt(new Date(issuedAt.getTime() + 24 * hour)).tokens
  expect(nextDay.read(password)).toEqual({ state: 'expired' })
})

test('a token is worth nothing once any character of it has changed, though the token itself is known', () => {
  const { tokens } = tokensAt(issuedAt)
  const { password } = tokens.issue(root, registry)
  expect(tokens.read(password).state).toBe('valid')
  fc.assert(
    fc.property(fc.nat(password.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      fc.pre(password[at] !== character)
      const changed = password.slice(0, at) + character + password.slice(at + 1)
      expect(tokens.read(changed)).toEqual({ state: 'invalid' })
    }),
    { numRuns: 1000 },
  )
})

test('a token of another Berth is worth nothing', () => {
  const { password } = tokensAt(issuedAt, new Uint8Array(32).fill(1)).tokens.issue(root, registry)
  expect(tokensAt(issuedAt).tokens.read(password)).toEqual({ state: 'invalid' })
})

test('something else sealed with the same seal is no token', () => {
  const seal = new Seal(new Uint8Array(32), 'registry-token')
  const tokens = new RegistryTokens(seal, () => issuedAt)
  const expires = issuedAt.getTime() + hour
  const stranger = { ...root, account: '12' }
  for (const value of [
    null,
    7,
    {},
    { principal: stranger, registry, expires },
    { principal: root, expires },
  ]) {
    expect(tokens.read(seal.seal(value))).toEqual({ state: 'invalid' })
  }
})

test('a password has no colon, so that clients which split `AWS:<password>` get exactly two parts', () => {
  const { password } = tokensAt(issuedAt).tokens.issue(root, registry)
  expect(`AWS:${password}`.split(':')).toHaveLength(2)
})

function tokensAt(time: Date, key = new Uint8Array(32)) {
  let now = time
  return {
    tokens: new RegistryTokens(new Seal(key, 'registry-token'), () => now),
    travel: (milliseconds: number) => {
      now = new Date(time.getTime() + milliseconds)
    },
  }
}
