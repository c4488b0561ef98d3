import { expect, test } from 'vitest'
import { parseAccountId } from './account-id.ts'
import { parseRegion } from './region.ts'
import { isRegistryKey, isRepositoryKey, isSameRegistry } from './registry-key.ts'

const account = parseAccountId('111122223333')
const region = parseRegion('eu-west-1')

test('a registry is the same only by account and by region', () => {
  const key = { account, region }
  expect(isSameRegistry(key, { ...key })).toBe(true)
  expect(isSameRegistry(key, { ...key, account: parseAccountId('444455556666') })).toBe(false)
  expect(isSameRegistry(key, { ...key, region: parseRegion('us-east-1') })).toBe(false)
})

test('what was stored is a key of a registry or a repository with all its parts, and whatever else', () => {
  expect(isRegistryKey({ account, region, more: 1 })).toBe(true)
  expect(isRepositoryKey({ account, region, name: 'team/app' })).toBe(true)
})

test.each([
  null,
  undefined,
  'key',
  { account },
  { region },
  { account: '1', region },
  { account: 111_122_223_333, region },
  { account, region: 'a b' },
  { account, region: 7 },
])('%j is none', (value) => {
  expect(isRegistryKey(value)).toBe(false)
  expect(isRepositoryKey({ name: 'team/app', ...Object(value) })).toBe(false)
})

test.each([undefined, 7, 'Team/App', ''])('no repository is named %j', (name) => {
  expect(isRepositoryKey({ account, region, name })).toBe(false)
})
