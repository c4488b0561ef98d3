import { beforeEach, describe, expect, test } from 'vitest'
import type { MetadataStore } from '../metadata-store.ts'
import { addRepository, keyOf, noon, type OpenMetadata, openForAll } from './metadata-world.ts'

const here = keyOf('xx')
const elsewhere = [keyOf('xx', '111122223333'), keyOf('xx', here.account, 'eu-west-2')]

/** What owners say about repositories and registries. */
export function describePolicies(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(async () => {
    await store.write(async (tx) => {
      await tx.repositories.deleteAll(noon)
      await tx.resourcePolicies.deleteAllOfRegistries()
      await tx.accountSettings.deleteAll()
    })
  })

  describe('the policy of a repository', () => {
    test('is kept until it is deleted, and takes the place of the one before', async () => {
      const [repository, other] = [await addRepository(store), await addRepository(store, keyOf('other'))]
      expect(await store.resourcePolicies.ofRepository(repository)).toBeUndefined()
      for (const text of ['first', 'second']) {
        await store.write((tx) => tx.resourcePolicies.putOfRepository(repository, text))
        expect(await store.resourcePolicies.ofRepository(repository)).toBe(text)
      }
      expect(await store.resourcePolicies.ofRepository(other)).toBeUndefined()
      expect(await store.write((tx) => tx.resourcePolicies.deleteOfRepository(repository))).toBe('second')
      expect(await store.write((tx) => tx.resourcePolicies.deleteOfRepository(repository))).toBeUndefined()
      expect(await store.resourcePolicies.ofRepository(repository)).toBeUndefined()
    })

    test('goes with its repository', async () => {
      const repository = await addRepository(store)
      await store.write((tx) => tx.resourcePolicies.putOfRepository(repository, 'text'))
      await store.write((tx) => tx.repositories.delete(repository, noon))
      expect(await store.resourcePolicies.ofRepository(repository)).toBeUndefined()
    })
  })

  test('the policy of a registry is that of one account in one region', async () => {
    for (const text of ['first', 'second']) {
      await store.write((tx) => tx.resourcePolicies.putOfRegistry(here, text))
      expect(await store.resourcePolicies.ofRegistry(here)).toBe(text)
    }
    for (const other of elsewhere) {
      expect(await store.resourcePolicies.ofRegistry(other)).toBeUndefined()
      expect(await store.write((tx) => tx.resourcePolicies.deleteOfRegistry(other))).toBeUndefined()
    }
    expect(await store.write((tx) => tx.resourcePolicies.deleteOfRegistry(here))).toBe('second')
    expect(await store.resourcePolicies.ofRegistry(here)).toBeUndefined()
  })

  test('accounts have an id and an alias of their own, and are listed by id', async () => {
    const account = (id: string, alias?: string) => ({ id: keyOf('xx', id).account, alias, createdAt: noon })
    const [first, second] = [account('100000000001', 'team-a'), account('100000000002')]
    const add = (each: typeof first) => store.write((tx) => tx.accounts.add(each))
    expect(await add(second)).toBe(true)
    expect(await add(first)).toBe(true)
    expect(await add(account('100000000001'))).toBe(false)
    expect(await add(account('100000000003', 'team-a'))).toBe(false)
    expect(await store.accounts.list({ limit: 10 })).toEqual([first, second])
    expect(await store.accounts.list({ after: first.id, limit: 1 })).toEqual([second])
    expect(await store.accounts.find(first.id)).toEqual(first)

    const key = { id: 'AKIAONE', account: first.id, encryptedSecret: 'x', createdAt: noon }
    await store.write((tx) => tx.accessKeys.add(key))
    expect(await store.accessKeys.find('AKIAONE')).toEqual(key)
    expect(await store.accessKeys.ofAccount(first.id)).toEqual([key])
    expect(await store.accessKeys.ofAccount(second.id)).toEqual([])
    expect(await store.write((tx) => tx.accessKeys.delete('AKIAONE'))).toBe(true)
    expect(await store.write((tx) => tx.accessKeys.delete('AKIAONE'))).toBe(false)
  })

  test('settings are those of one account in one region, each with its latest value', async () => {
    await store.write(async (tx) => {
      await tx.accountSettings.put(here, 'BLOB_MOUNTING', 'ENABLED')
      await tx.accountSettings.put(here, 'BLOB_MOUNTING', 'DISABLED')
      await tx.accountSettings.put(here, 'REGISTRY_POLICY_SCOPE', 'V1')
    })
    expect([...(await store.accountSettings.of(here))].sort()).toEqual([
      ['BLOB_MOUNTING', 'DISABLED'],
      ['REGISTRY_POLICY_SCOPE', 'V1'],
    ])
    for (const other of elsewhere) expect((await store.accountSettings.of(other)).size).toBe(0)
  })
}
