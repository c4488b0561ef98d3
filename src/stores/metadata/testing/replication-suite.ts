import { beforeEach, describe, expect, test } from 'vitest'
import type { MetadataStore } from '../metadata-store.ts'
import type { ReplicationState } from '../replication.ts'
import {
  addImage,
  addRepository,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  tagsOf,
} from './metadata-world.ts'

const abroad = keyOf('any', '000000000000', 'eu-west-1')
const theirs = keyOf('any', '111122223333', 'us-east-1')
const toAbroad = { account: abroad.account, region: abroad.region }
const toTheirs = { account: theirs.account, region: theirs.region }

/** Replication rules, and how images stand with other registries. */
export function describeReplication(open: OpenMetadata): void {
  let store: MetadataStore
  let repository: number
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(async () => {
    await store.write(async (tx) => {
      await tx.repositories.deleteAll(noon)
      await tx.replication.deleteAllRules()
    })
    repository = await addRepository(store)
  })

  describe('replication rules', () => {
    const rules = [
      { destinations: [toTheirs, toAbroad], prefixes: ['prod/', 'base'] },
      { destinations: [toAbroad] },
    ]

    test('are kept as they were put, for one registry alone, until others are put', async () => {
      expect(await store.replication.rules(keyOf('any'))).toEqual([])
      await store.write((tx) => tx.replication.putRules(keyOf('any'), rules))
      expect(await store.replication.rules(keyOf('any'))).toEqual(rules)
      expect(await store.replication.rules(abroad)).toEqual([])
      await store.write((tx) => tx.replication.putRules(keyOf('any'), []))
      expect(await store.replication.rules(keyOf('any'))).toEqual([])
    })
  })

  describe('how an image stands', () => {
    const digest = digestFor('image')
    const begun: ReplicationState = {
      destination: toTheirs,
      status: 'IN_PROGRESS',
      tags: tagsOf('v1', 'v2'),
    }
    const put = (state: ReplicationState) =>
      store.write((tx) => tx.replication.putState(repository, digest, state))

    test('is one state for each registry, the latest', async () => {
      await addImage(store, repository, 'image')
      expect(await store.replication.states(repository, digest)).toEqual([])
      const failed: ReplicationState = {
        destination: toAbroad,
        status: 'FAILED',
        failureCode: 'Sunk',
        tags: [],
      }
      await put(begun)
      await put(failed)
      expect(await store.replication.states(repository, digest)).toEqual([failed, begun])
      const done: ReplicationState = { destination: toAbroad, status: 'COMPLETE', tags: [] }
      await put(done)
      expect(await store.replication.states(repository, digest)).toEqual([done, begun])
    })

    test('is forgotten when the image goes, or its repository', async () => {
      await addImage(store, repository, 'image')
      await put(begun)
      await store.write((tx) => tx.images.delete(repository, digest, noon))
      await addImage(store, repository, 'image')
      expect(await store.replication.states(repository, digest)).toEqual([])
      await put(begun)
      await store.write((tx) => tx.repositories.delete(repository, noon))
      expect(await store.replication.states(repository, digest)).toEqual([])
    })
  })
}
