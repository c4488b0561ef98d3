import { describe, expect, test } from 'vitest'
import type { OidcProvider } from '../../../core/iam/oidc-provider.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { keyOf, noon, type OpenMetadata, openForAll } from './metadata-world.ts'

const { account } = keyOf('xx')
const elsewhere = keyOf('xx', '111122223333').account
const ci: OidcProvider = {
  account,
  issuer: 'ci.example.com/',
  clientIds: ['sts.amazonaws.com'],
  thumbprints: ['ab'.repeat(20)],
  createdAt: noon,
}

/** Issuers of tokens that accounts believe. */
export function describeOidcProviders(open: OpenMetadata): void {
  describe('OIDC providers', () => {
    let store: MetadataStore
    openForAll(open, (opened) => {
      store = opened.store
    })

    const add = (provider: OidcProvider) => store.write((tx) => tx.oidcProviders.add(provider))

    test('are known by their issuers to the letter, each account its own', async () => {
      expect(await add(ci)).toBe(true)
      expect(await add({ ...ci, clientIds: [] })).toBe(false)
      const bare = { ...ci, issuer: 'ci.example.com' }
      const foreign = { ...ci, account: elsewhere, thumbprints: [] }
      expect([await add(bare), await add(foreign)]).toEqual([true, true])
      expect(await store.oidcProviders.find(ci)).toEqual(ci)
      expect(await store.oidcProviders.find({ account, issuer: 'CI.example.com/' })).toBeUndefined()
      expect(await store.oidcProviders.list(account)).toEqual([bare, ci])
      expect(await store.oidcProviders.list(elsewhere)).toEqual([foreign])
    })

    test('change for whom tokens must be meant, and are gone when they are deleted', async () => {
      const other = { ...ci, issuer: 'other.example.com' }
      await add(other)
      const changes = { clientIds: ['a', 'b'], thumbprints: [] }
      await store.write((tx) => tx.oidcProviders.update(other, changes))
      expect(await store.oidcProviders.find(other)).toEqual({ ...other, ...changes })
      expect(await store.write((tx) => tx.oidcProviders.delete(other))).toBe(true)
      expect(await store.write((tx) => tx.oidcProviders.delete(other))).toBe(false)
      expect(await store.oidcProviders.find(other)).toBeUndefined()
    })
  })
}
