import { describe, expect, test } from 'vitest'
import type { Repository } from '../core/repositories/repository.ts'
import { RepositoryCache } from './repository-cache.ts'
import { immutable, keyOf, mutable } from './testing/test-registry.ts'

const key = keyOf('team/app')
const now = () => new Date(0)

function repository(changes: Partial<Repository> = {}): Repository {
  const settings = { tagMutability: mutable, scanOnPush: false, encryption: { type: 'AES256' } } as const
  return { ...key, ...settings, id: 1, createdAt: now(), ...changes }
}

describe('the repository cache', () => {
  test('remembers what was read', async () => {
    const cache = new RepositoryCache({ ttl: Number.POSITIVE_INFINITY, now })
    expect(cache.get(key)).toBeUndefined()
    const read = repository()
    expect(await cache.load(key, async () => read)).toBe(read)
    expect(cache.get(key)).toBe(read)
    expect(cache.get(keyOf('team/app', '111122223333'))).toBeUndefined()
    expect(cache.get(keyOf('team/app', '000000000000', 'eu-central-1'))).toBeUndefined()
  })

  test('never remembers that there is none', async () => {
    const cache = new RepositoryCache({ ttl: Number.POSITIVE_INFINITY, now })
    expect(await cache.load(key, async () => undefined)).toBeUndefined()
    expect(await cache.load(key, async () => repository())).toEqual(repository())
  })

  test('keeps nothing from a read that a write overtook', async () => {
    const cache = new RepositoryCache({ ttl: Number.POSITIVE_INFINITY, now })
    const slowRead = Promise.withResolvers<Repository>()
    const reading = cache.load(key, () => slowRead.promise)
    cache.drop(key)
    slowRead.resolve(repository())
    expect(await reading).toEqual(repository())
    expect(cache.get(key)).toBeUndefined()
    await cache.load(key, async () => repository({ tagMutability: immutable }))
    expect(cache.get(key)).toMatchObject({ tagMutability: immutable })
  })

  test('keeps nothing from a read that a reset overtook', async () => {
    const cache = new RepositoryCache({ ttl: Number.POSITIVE_INFINITY, now })
    const slowRead = Promise.withResolvers<Repository>()
    const reading = cache.load(key, () => slowRead.promise)
    cache.clear()
    slowRead.resolve(repository())
    await reading
    expect(cache.get(key)).toBeUndefined()
  })

  test('forgets what is older than its lifetime', async () => {
    const clock = { now: new Date(1_000_000) }
    const cache = new RepositoryCache({ ttl: 5_000, now: () => clock.now })
    await cache.load(key, async () => repository())
    clock.now = new Date(1_005_000)
    expect(cache.get(key)).toBeDefined()
    clock.now = new Date(1_005_001)
    expect(cache.get(key)).toBeUndefined()
  })

  test('remembers nothing with a lifetime of none', async () => {
    const cache = new RepositoryCache({ ttl: 0, now })
    await cache.load(key, async () => repository())
    expect(cache.get(key)).toBeUndefined()
  })
})
