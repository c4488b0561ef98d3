import { describe, expect, test } from 'vitest'
import type { StoredManifest } from './get-manifest.ts'
import { ManifestCache } from './manifest-cache.ts'
import { imageOf, imageType } from './testing/test-images.ts'

const lifetime = { ttl: Number.POSITIVE_INFINITY, now: () => new Date(0) }
const a: StoredManifest = { ...imageOf('a'), mediaType: imageType }
const b: StoredManifest = { ...imageOf('b'), mediaType: imageType }

describe('the manifest cache', () => {
  test('remembers a manifest for its own repository alone', async () => {
    const cache = new ManifestCache({ maxBytes: 1_000_000, ...lifetime })
    expect(await cache.load(1, a.digest, async () => a)).toBe(a)
    expect(cache.get(1, a.digest)).toBe(a)
    expect(cache.get(2, a.digest)).toBeUndefined()
    expect(cache.get(11, a.digest)).toBeUndefined()
  })

  test('forgets what was used least recently when its bytes run out', async () => {
    const cache = new ManifestCache({ maxBytes: 2_000, ...lifetime })
    const filler = (text: string): StoredManifest => ({ ...imageOf(text), mediaType: imageType })
    await cache.load(1, a.digest, async () => a)
    await cache.load(1, b.digest, async () => b)
    for (let count = 0; count < 10; count++) {
      const next = filler(`filler ${count}`)
      cache.get(1, a.digest)
      await cache.load(1, next.digest, async () => next)
    }
    expect(cache.get(1, a.digest)).toBe(a)
    expect(cache.get(1, b.digest)).toBeUndefined()
  })

  test('passes on a manifest too large to be remembered', async () => {
    const cache = new ManifestCache({ maxBytes: 100, ...lifetime })
    expect(await cache.load(1, a.digest, async () => a)).toBe(a)
    expect(cache.get(1, a.digest)).toBeUndefined()
  })

  test('forgets the manifests and the repository it is told to, and no other', async () => {
    const cache = new ManifestCache({ maxBytes: 1_000_000, ...lifetime })
    for (const id of [1, 2, 11]) {
      await cache.load(id, a.digest, async () => a)
      await cache.load(id, b.digest, async () => b)
    }
    cache.drop(2, [a.digest])
    cache.dropRepository(1)
    const kept = [1, 2, 11].map((id) => [cache.get(id, a.digest), cache.get(id, b.digest)])
    expect(kept).toEqual([
      [undefined, undefined],
      [undefined, b],
      [a, b],
    ])
  })

  test.each([
    ['a deletion', (cache: ManifestCache) => cache.drop(1, [a.digest])],
    ['the end of its repository', (cache: ManifestCache) => cache.dropRepository(1)],
    ['a reset', (cache: ManifestCache) => cache.clear()],
  ])('keeps nothing from a read that %s overtook', async (_, overtake) => {
    const cache = new ManifestCache({ maxBytes: 1_000_000, ...lifetime })
    const slowRead = Promise.withResolvers<StoredManifest>()
    const reading = cache.load(1, a.digest, () => slowRead.promise)
    overtake(cache)
    slowRead.resolve(a)
    expect(await reading).toBe(a)
    expect(cache.get(1, a.digest)).toBeUndefined()
  })
})
