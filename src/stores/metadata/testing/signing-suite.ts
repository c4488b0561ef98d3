import { beforeEach, describe, expect, test } from 'vitest'
import type { MetadataStore } from '../metadata-store.ts'
import type { SigningState } from '../signing.ts'
import {
  addImage,
  addRepository,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
} from './metadata-world.ts'

const here = keyOf('any')
const abroad = keyOf('any', '000000000000', 'eu-west-1')
const release = 'arn:aws:signer:us-east-1:000000000000:/signing-profiles/release'

/** Signing rules, keys, and how the signatures of images stand. */
export function describeSigning(open: OpenMetadata): void {
  let store: MetadataStore
  let repository: number
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(async () => {
    await store.write(async (tx) => {
      await tx.repositories.deleteAll(noon)
      await tx.signing.deleteAll()
    })
    repository = await addRepository(store)
  })

  describe('signing rules', () => {
    const rules = [{ profile: release, filters: ['prod/*'] }, { profile: release }]

    test('are kept as they were put, for one registry alone, until they are deleted', async () => {
      expect(await store.signing.rules(here)).toBeUndefined()
      await store.write((tx) => tx.signing.putRules(here, rules))
      expect(await store.signing.rules(here)).toEqual(rules)
      expect(await store.signing.rules(abroad)).toBeUndefined()
      await store.write((tx) => tx.signing.putRules(here, []))
      expect(await store.signing.rules(here)).toEqual([])
      await store.write((tx) => tx.signing.deleteRules(here))
      expect(await store.signing.rules(here)).toBeUndefined()
    })
  })

  describe('signing keys', () => {
    const profile = { account: here.account, region: here.region, name: 'release' }
    const key = { chain: 'certificates', sealedKey: 'sealed', createdAt: noon }

    test('are kept for one registry alone, and never exchanged', async () => {
      expect(await store.write((tx) => tx.signing.addKey(profile, key))).toBe(true)
      expect(await store.write((tx) => tx.signing.addKey(profile, { ...key, chain: 'others' }))).toBe(false)
      expect(await store.signing.key(profile)).toEqual(key)
      expect(await store.signing.key({ ...profile, region: abroad.region })).toBeUndefined()
      expect(await store.signing.keys(here)).toEqual([{ ...key, name: 'release' }])
    })

    test('are gone when they are deleted', async () => {
      await store.write((tx) => tx.signing.addKey(profile, key))
      expect(await store.write((tx) => tx.signing.deleteKey(profile))).toBe(true)
      expect(await store.write((tx) => tx.signing.deleteKey(profile))).toBe(false)
      expect(await store.signing.keys(here)).toEqual([])
    })
  })

  describe('how the signature of an image stands', () => {
    const digest = digestFor('image')
    const begun: SigningState = { profile: release, status: 'IN_PROGRESS', actor: 'someone' }
    const failed: SigningState = { ...begun, status: 'FAILED', failureCode: 'Code', failureReason: 'why' }

    test('is what was noted last, until the image goes', async () => {
      await addImage(store, repository, 'image')
      await store.write((tx) => tx.signing.putState(repository, digest, begun))
      expect(await store.signing.states(repository, digest)).toEqual([begun])
      await store.write((tx) => tx.signing.putState(repository, digest, failed))
      expect(await store.signing.states(repository, digest)).toEqual([failed])
      await store.write((tx) => tx.repositories.deleteAll(noon))
      expect(await store.signing.states(repository, digest)).toEqual([])
    })
  })
}
