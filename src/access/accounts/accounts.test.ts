import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAccountAlias } from '../../core/accounts/account.ts'
import {
  AccountAliasAlreadyExistsError,
  AccountAlreadyExistsError,
  AccountNotFoundError,
  RootKeyNotFoundError,
} from '../../core/accounts/account-errors.ts'
import { InvalidParameterError, LimitExceededError } from '../../core/errors.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { openTestRegistry, type TestRegistry } from '../../registry/testing/test-registry.ts'
import { rootOf } from '../principal.ts'
import { StoredAccessKeys } from '../stored-access-keys.ts'
import { Vault, VaultError } from '../vault.ts'
import { Accounts } from './accounts.ts'

const own = parseAccountId('000000000000')
let world: TestRegistry
let keys: StoredAccessKeys
let accounts: Accounts
beforeAll(async () => {
  world = await openTestRegistry()
  const { metadata, now } = world.registry
  const vault = new Vault(new Uint8Array(32).fill(1))
  keys = new StoredAccessKeys(metadata, vault, now)
  accounts = new Accounts({ metadata, vault, keys, own, now, randomBytes })
})
afterAll(() => world[Symbol.asyncDispose]())

let made = 111_100_000_000
const nextId = () => parseAccountId(String(made++))

test("an account's key is that of its root, and its secret is in no row of the database", async () => {
  const account = nextId()
  const key = await accounts.create({ id: account, alias: 'team-a' })
  expect(key.id).toMatch(/^AKIA[A-Z2-7]{16}$/)
  expect(await keys.find(key.id)).toEqual({ ...key, principal: rootOf(account, key.id) })
  const stored = await world.registry.metadata.accessKeys.ofAccount(account)
  expect(stored).toHaveLength(1)
  expect(JSON.stringify(stored)).not.toContain(key.secret)
  const thief = new StoredAccessKeys(
    world.registry.metadata,
    new Vault(new Uint8Array(32)),
    world.registry.now,
  )
  await expect(thief.find(key.id)).rejects.toThrow(VaultError)
})

test('an id and an alias are given once', async () => {
  const [id, other] = [nextId(), nextId()]
  await accounts.create({ id, alias: 'team-b' })
  await expect(accounts.create({ id, alias: undefined })).rejects.toThrow(AccountAlreadyExistsError)
  await expect(accounts.create({ id: other, alias: 'team-b' })).rejects.toThrow(
    AccountAliasAlreadyExistsError,
  )
  await expect(accounts.create({ id: own, alias: undefined })).rejects.toThrow(AccountAlreadyExistsError)
  expect(await world.registry.metadata.accounts.find(other)).toBeUndefined()
})

test('a root has two keys at the most, and one that is taken back is dead', async () => {
  const account = nextId()
  const first = await accounts.create({ id: account, alias: undefined })
  const second = await accounts.createKey(account)
  await expect(accounts.createKey(account)).rejects.toThrow(LimitExceededError)
  expect(await keys.isLive(first.id)).toBe(true)
  await accounts.deleteKey(account, first.id)
  expect(await keys.isLive(first.id)).toBe(false)
  expect(await keys.find(first.id)).toBeUndefined()
  expect(await keys.isLive(second.id)).toBe(true)
})

test('a key that another process takes back is dead within two seconds', async () => {
  const key = await accounts.create({ id: nextId(), alias: undefined })
  expect(await keys.isLive(key.id)).toBe(true)
  await world.registry.metadata.write((tx) => tx.accessKeys.delete(key.id))
  world.pass(2_001)
  expect(await keys.isLive(key.id)).toBe(false)
})

test("a key is taken back under its own account's name alone", async () => {
  const [account, other] = [nextId(), nextId()]
  const key = await accounts.create({ id: account, alias: undefined })
  await expect(accounts.deleteKey(other, key.id)).rejects.toThrow(RootKeyNotFoundError)
  await expect(accounts.createKey(other)).rejects.toThrow(AccountNotFoundError)
  expect(await keys.find(key.id)).toBeDefined()
})

test.each(['a', '-ab', 'ab-', 'a--b', 'Team', 'a b', 'a'.repeat(64)])('the alias %j is refused', (alias) => {
  expect(() => parseAccountAlias(alias)).toThrow(InvalidParameterError)
})
