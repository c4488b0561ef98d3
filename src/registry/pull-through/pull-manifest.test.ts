import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import {
  UpstreamAccessDeniedError,
  UpstreamTooManyRequestsError,
  UpstreamUnavailableError,
} from '../../core/pull-through/errors.ts'
import { RepositoryNotFoundError } from '../../core/repositories/errors.ts'
import { createCreationTemplate } from '../create-creation-template.ts'
import { findRepository } from '../find-repository.ts'
import { type CacheWorld, everything, openCacheWorld } from '../testing/cache-world.ts'
import { bytesOf, digestOfBytes, imageOf, indexOf, pushImage } from '../testing/test-images.ts'
import { immutable, keyOf, makeRepository } from '../testing/test-registry.ts'
import { deleteCacheRule } from './delete-cache-rule.ts'

const app = keyOf('cache/team/app')
const hour = 60 * 60 * 1000
const v1 = imageOf('one')
const v2 = imageOf('two')

let world: CacheWorld
beforeEach(async () => {
  world = await openCacheWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

/** What the upstream was asked since the last time, without what stands before the reference. */
function asked(): string[] {
  return world.upstream.asked.splice(0).map((each) => each.replace('/v2/team/app/manifests/', ''))
}

/** What the events of the cache say, without what is the same in all of them. */
async function told(): Promise<unknown[]> {
  const waiting = await world.registry.metadata.events.waiting(100)
  const ofCache = waiting.filter(({ event }) => event['detail-type'] === 'ECR Pull Through Cache Action')
  return ofCache.map(({ event: { detail } }) => detail)
}

describe('an image that is not here', () => {
  test('is brought once, with its repository, and told of', async () => {
    world.upstream.publish('team/app', 'v1', v1)
    expect(await world.pull(app, 'v1')).toBe(v1.digest)
    expect(await world.pull(app, 'v1')).toBe(v1.digest)
    expect(await world.pull(app, v1.digest)).toBe(v1.digest)
    expect(asked()).toEqual(['GET v1'])
    expect(await told()).toEqual([
      {
        'rule-version': '1',
        'sync-status': 'SUCCESS',
        'ecr-repository-prefix': 'cache',
        'repository-name': 'cache/team/app',
        'upstream-registry-url': `http://${world.upstream.host}`.replaceAll('.', '[.]'),
        'image-tag': 'v1',
        'image-digest': v1.digest,
      },
    ])
  })

  test('comes into a repository that its template makes', async () => {
    await createCreationTemplate(world.registry, app, {
      prefix: 'cache',
      appliedFor: ['PULL_THROUGH_CACHE'],
      tagMutability: immutable,
      encryption: { type: 'AES256' },
      resourceTags: new Map(),
    })
    world.upstream.publish('team/app', 'v1', v1)
    await world.pull(app, 'v1')
    expect((await findRepository(world.registry, app)).tagMutability).toEqual(immutable)
  })

  test('is brought by its digest, an index and what it lists one by one', async () => {
    const index = indexOf([v1, v2])
    for (const each of [index, v1, v2]) world.upstream.publish('team/app', each.digest, each)
    await world.pull(app, index.digest)
    await world.pull(app, v2.digest)
    expect(asked()).toEqual([`GET ${index.digest}`, `GET ${v2.digest}`])
  })

  test('is brought once for many who want it at the same time', async () => {
    world.upstream.publish('team/app', 'v1', v1)
    await Promise.all(Array.from({ length: 20 }, () => world.pull(app, 'v1')))
    expect(asked()).toEqual(['GET v1'])
  })

  test('and not there either is not found, and no repository is made for it', async () => {
    await expect(world.pull(app, 'v1')).rejects.toThrow(ImageNotFoundError)
    await expect(findRepository(world.registry, app)).rejects.toThrow(RepositoryNotFoundError)
  })

  test('is not asked for where no rule is for its repository', async () => {
    await expect(world.pull(keyOf('other/app'), 'v1')).rejects.toThrow(RepositoryNotFoundError)
    await expect(world.pull(keyOf('cache/app', '111122223333'), 'v1')).rejects.toThrow(
      RepositoryNotFoundError,
    )
    await deleteCacheRule(world.registry, app, 'cache')
    await expect(world.pull(app, 'v1')).rejects.toThrow(RepositoryNotFoundError)
    expect(asked()).toEqual([])
  })

  test('is not asked for by who may not have it brought, or its repository made', async () => {
    world.upstream.publish('team/app', 'v1', v1)
    const no = async () => false
    await expect(world.pull(app, 'v1', { ...everything, mayImport: no })).rejects.toThrow(ImageNotFoundError)
    await expect(world.pull(app, 'v1', { ...everything, mayCreate: no })).rejects.toThrow(
      RepositoryNotFoundError,
    )
    expect(asked()).toEqual([])
    await world.pull(app, 'v1')
    await world.pull(app, 'v1', { ...everything, mayImport: no })
  })
})

describe('a tag that is here', () => {
  beforeEach(async () => {
    world.upstream.publish('team/app', 'v1', v1)
    await world.pull(app, 'v1')
    asked()
  })

  test('is good for 24 hours, then asked for again, and brought only if it has moved', async () => {
    world.pass(24 * hour - 1)
    await world.pull(app, 'v1')
    expect(asked()).toEqual([])
    world.pass(1)
    expect(await world.pull(app, 'v1')).toBe(v1.digest)
    await world.pull(app, 'v1')
    expect(asked()).toEqual(['HEAD v1'])
    world.upstream.publish('team/app', 'v1', v2)
    world.pass(24 * hour)
    expect(await world.pull(app, 'v1')).toBe(v2.digest)
    expect(asked()).toEqual(['HEAD v1', 'GET v1'])
    expect(await world.pull(app, v1.digest)).toBe(v1.digest)
  })

  test.each<[string, CacheWorld['upstream']['bend']]>([
    ['fails', (_, response) => !!response.writeHead(500).end()],
    ['breaks off', (request) => !!request.socket.destroy()],
    ['has lost it', (_, response) => !!response.writeHead(404).end()],
    ['lets nobody in', (_, response) => !!response.writeHead(401).end()],
  ])('is given as it is while the upstream %s, which is asked again after a minute', async (_what, bend) => {
    world.upstream.bend = bend
    world.pass(24 * hour)
    for (let times = 0; times < 3; times++) expect(await world.pull(app, 'v1')).toBe(v1.digest)
    // A connection that was kept open and breaks is tried once more by the way out itself.
    expect(new Set(asked())).toEqual(new Set(['HEAD v1']))
    world.upstream.bend = () => false
    world.upstream.publish('team/app', 'v1', v2)
    world.pass(60_000)
    expect(await world.pull(app, 'v1')).toBe(v2.digest)
  })

  test('stays where it is when somebody has pushed it here', async () => {
    const { image } = await pushImage(world.registry, app, 'ours', { tag: 'v1' })
    world.upstream.publish('team/app', 'v1', v2)
    world.pass(48 * hour)
    expect(await world.pull(app, 'v1')).toBe(image.digest)
    expect(asked()).toEqual([])
  })
})

test('a tag that may not move here stays, though it has moved there', async () => {
  await makeRepository(world.registry, app, immutable)
  world.upstream.publish('team/app', 'v1', v1)
  await world.pull(app, 'v1')
  world.upstream.publish('team/app', 'v1', v2)
  world.pass(24 * hour)
  expect(await world.pull(app, 'v1')).toBe(v1.digest)
})

test('an upstream that is asked too often is left alone for as long as it says', async () => {
  world.upstream.publish('team/app', 'v1', v1)
  world.upstream.bend = (_, response) => !!response.writeHead(429, { 'retry-after': '120' }).end()
  await expect(world.pull(app, 'v1')).rejects.toThrow(UpstreamTooManyRequestsError)
  world.upstream.bend = () => false
  world.pass(119_000)
  await expect(world.pull(app, 'v1')).rejects.toThrow(/try again in 1 s/)
  expect(asked()).toEqual(['GET v1'])
  world.pass(1_000)
  expect(await world.pull(app, 'v1')).toBe(v1.digest)
})

describe('nothing is stored of an upstream that', () => {
  const type = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }
  test.each<[string, CacheWorld['upstream']['bend']]>([
    [
      'gives other content than its digest says',
      (_, response) =>
        !!response
          .writeHead(200, { ...type, 'docker-content-digest': digestOfBytes(bytesOf('x')) })
          .end(v1.content),
    ],
    [
      'packs it',
      (_, response) =>
        !!response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(gzipSync(v1.content)),
    ],
    [
      'sends a page',
      (_, response) => !!response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ],
    ['sends too much', (_, response) => !!response.writeHead(200, type).end(Buffer.alloc(4_194_305, 32))],
    [
      'never ends',
      (_, response) => {
        response.writeHead(200, type)
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
        }
        response.on('drain', more)
        more()
        return true
      },
    ],
  ])('%s', async (_what, bend) => {
    world.upstream.bend = bend
    await expect(world.pull(app, 'v1')).rejects.toThrow(UpstreamUnavailableError)
    await expect(world.pull(app, v2.digest)).rejects.toThrow(UpstreamUnavailableError)
    expect(await world.registry.metadata.repositories.list(app, { limit: 9 })).toEqual([])
  })

  test('lets nobody in, which is told of', async () => {
    world.upstream.bend = (_, response) => !!response.writeHead(403).end()
    await expect(world.pull(app, 'v1')).rejects.toThrow(UpstreamAccessDeniedError)
    expect(await told()).toMatchObject([
      { 'sync-status': 'FAILED', 'image-tag': 'v1', 'failure-code': 'UpstreamAccessDenied' },
    ])
  })
})
