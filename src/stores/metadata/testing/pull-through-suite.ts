import { beforeEach, describe, expect, test } from 'vitest'
import { parseTag } from '../../../core/names/tag.ts'
import type { CacheRule } from '../../../core/pull-through/cache-rule.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addBlob,
  addImage,
  addRepository,
  allPages,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
} from './metadata-world.ts'

const registry = keyOf('team/app')

function rule(prefix: string, changes: Partial<CacheRule> = {}): CacheRule {
  return {
    prefix,
    upstreamUrl: 'quay.io',
    upstreamKind: 'quay',
    createdAt: noon,
    updatedAt: noon,
    ...changes,
  }
}

/** Pull-through cache rules, and what cached repositories know of their upstreams. */
export function describePullThrough(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(() =>
    store.write(async (tx) => {
      await tx.cacheRules.deleteAll()
      await tx.repositories.deleteAll(noon)
    }),
  )
  const add = (each: CacheRule) => store.write((tx) => tx.cacheRules.add(registry, each))

  describe('a cache rule', () => {
    test('comes back as it was put, in its own registry alone', async () => {
      const full = rule('team/', {
        upstreamUrl: 'registry.example.com:5000',
        upstreamKind: undefined,
        upstreamPrefix: 'their/team',
        credentialArn: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/x',
        customRoleArn: 'arn:aws:iam::000000000000:role/x',
      })
      expect(await add(full)).toBe(true)
      expect(await add(rule('team'))).toBe(false)
      expect(await store.cacheRules.find(registry, 'team')).toEqual(full)
      const plain = rule('plain')
      await add(plain)
      expect(await store.cacheRules.find(registry, 'plain')).toEqual(plain)
      for (const other of [keyOf('xx', '111122223333'), keyOf('xx', undefined, 'eu-west-1')]) {
        expect(await store.cacheRules.list(other, { limit: 9 })).toEqual([])
      }
    })

    test('gets other credentials, and is gone when it was deleted', async () => {
      await add(rule('team'))
      const change = { credentialArn: 'arn', customRoleArn: undefined, updatedAt: secondsAfterNoon(5) }
      await store.write((tx) => tx.cacheRules.setCredentials(registry, 'team/', change))
      expect(await store.cacheRules.find(registry, 'team')).toEqual(rule('team', change))
      await store.write(async (tx) => {
        expect((await tx.cacheRules.lock(registry, 'team'))?.prefix).toBe('team')
        await tx.cacheRules.delete(registry, 'team')
      })
      expect(await store.cacheRules.find(registry, 'team')).toBeUndefined()
    })

    test('is listed by prefix in pages, ROOT first', async () => {
      for (const prefix of ['b', 'ROOT', 'a/b', 'a']) await add(rule(prefix))
      const options = { limit: 3, cursorOf: ({ prefix }: CacheRule) => prefix }
      const all = await allPages((page) => store.cacheRules.list(registry, page), options)
      expect(all.map(({ prefix }) => prefix)).toEqual(['ROOT', 'a', 'a/b', 'b'])
    })
  })

  describe('a cached repository', () => {
    test('knows what a tag was on when it was last asked for, and goes with that', async () => {
      const id = await addRepository(store)
      const tag = parseTag('v1')
      expect(await store.upstreamChecks.tag(id, tag)).toBeUndefined()
      for (const [seconds, name] of ['a', 'b'].entries()) {
        const check = { digest: digestFor(name), checkedAt: secondsAfterNoon(seconds) }
        await store.write((tx) => tx.upstreamChecks.setTag(id, tag, check))
        expect(await store.upstreamChecks.tag(id, tag)).toEqual(check)
      }
      await store.write((tx) => tx.repositories.delete(id, noon))
      expect(await store.upstreamChecks.tag(id, tag)).toBeUndefined()
    })

    test('knows when the referrers of an image were asked for', async () => {
      const id = await addRepository(store)
      const subject = digestFor('subject')
      expect(await store.upstreamChecks.referrersCheckedAt(id, subject)).toBeUndefined()
      for (const at of [noon, secondsAfterNoon(1)]) {
        await store.write((tx) => tx.upstreamChecks.setReferrersChecked(id, subject, at))
        expect(await store.upstreamChecks.referrersCheckedAt(id, subject)).toEqual(at)
      }
    })

    test('knows an image that lists a blob it lacks, until it has it', async () => {
      const id = await addRepository(store)
      const absent = digestFor('absent')
      const image = await addImage(store, id, 'image', { absentBlobs: [absent] })
      expect(await store.upstreamChecks.absentBlob(id, absent)).toEqual({ image })
      expect(await store.upstreamChecks.absentBlob(id, digestFor('other'))).toBeUndefined()
      const other = await addRepository(store, keyOf('team/other'))
      expect(await store.upstreamChecks.absentBlob(other, absent)).toBeUndefined()
      await addBlob(store, id, 'absent')
      expect(await store.upstreamChecks.absentBlob(id, absent)).toBeUndefined()
    })
  })
}
