import type { ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LayerNotFoundError } from '../../core/images/layer-errors.ts'
import type { Digest } from '../../core/names/digest.ts'
import { UpstreamUnavailableError } from '../../core/pull-through/errors.ts'
import { statBlob } from '../read-blob.ts'
import { type CacheWorld, everything, openCacheWorld } from '../testing/cache-world.ts'
import { bytesOf, digestOfBytes, imageType, manifestOf, pushBlob, textBlob } from '../testing/test-images.ts'
import { keyOf, makeRepository } from '../testing/test-registry.ts'
import { findPullableBlob, pullBlob } from './pull-blob.ts'

const app = keyOf('cache/team/app')
/** Several of the pieces in which the store writes. */
const large = Buffer.alloc(3_000_000, 'layer ')
const layer = { digest: digestOfBytes(large), size: large.byteLength }
const config = textBlob('config')
const image = manifestOf({
  schemaVersion: 2,
  mediaType: imageType,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
  layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
})

let world: CacheWorld
beforeEach(async () => {
  world = await openCacheWorld()
  world.upstream.publish('team/app', 'v1', image, ['config'])
  world.upstream.content.set(`/v2/team/app/blobs/${layer.digest}`, large)
  await world.pull(app, 'v1')
  world.upstream.asked.length = 0
})
afterEach(() => world[Symbol.asyncDispose]())

/** Answers for the layer as it is told, piece by piece. */
function sendLayer(send: (response: ServerResponse) => void): void {
  world.upstream.bend = (request, response) => {
    if (!request.url?.endsWith(layer.digest)) return false
    send(response)
    return true
  }
}

async function openLayer() {
  return (await pullBlob(world.registry, app, layer.digest, everything)).read()
}

async function uploads(): Promise<number> {
  let count = 0
  for await (const ids of world.registry.blobs.uploads.list()) count += ids.length
  return count
}

describe('a layer of a cached image', () => {
  test('is brought when it is wanted, and is here from then on', async () => {
    expect(await findPullableBlob(world.registry, app, layer.digest)).toEqual(layer)
    expect((await world.readBlob(app, layer.digest)).equals(large)).toBe(true)
    expect((await world.readBlob(app, layer.digest)).equals(large)).toBe(true)
    expect(await world.readBlob(app, config.digest)).toEqual(Buffer.from('config'))
    expect(world.upstream.asked).toEqual([
      `GET /v2/team/app/blobs/${layer.digest}`,
      `GET /v2/team/app/blobs/${config.digest}`,
    ])
    expect(await statBlob(world.registry, app, layer.digest)).toEqual(layer)
    expect(await findPullableBlob(world.registry, app, layer.digest)).toBeUndefined()
  })

  test('is brought once for many, who read it while it comes, late ones too', async () => {
    const { promise: halfway, resolve: goOn } = Promise.withResolvers<void>()
    sendLayer(async (response) => {
      response.write(large.subarray(0, 2_000_000))
      await halfway
      response.end(large.subarray(2_000_000))
    })
    const early = await openLayer()
    const first = early.iterator()[Symbol.asyncIterator]()
    const { value } = await first.next()
    expect(Buffer.from(value).equals(large.subarray(0, value.length))).toBe(true)
    const late = await Promise.all(Array.from({ length: 10 }, openLayer))
    const reading = Promise.all(late.map((each) => buffer(each)))
    goOn()
    for (const bytes of await reading) expect(bytes.equals(large)).toBe(true)
    early.destroy()
    expect(world.upstream.asked).toHaveLength(1)
  })

  test('is brought to its end though whoever wanted it has gone', async () => {
    const { promise: gone, resolve: leave } = Promise.withResolvers<void>()
    sendLayer(async (response) => {
      response.write(large.subarray(0, 1_000_000))
      await gone
      response.end(large.subarray(1_000_000))
    })
    const stream = await openLayer()
    stream.destroy()
    leave()
    await expect.poll(() => statBlob(world.registry, app, layer.digest)).toMatchObject({ size: layer.size })
  })

  test('is read in part while it comes', async () => {
    const { read } = await pullBlob(world.registry, app, layer.digest, everything)
    const ranges = [
      { first: 0, last: 0 },
      { first: 1_234_567, last: 2_345_678 },
      { first: layer.size - 1, last: layer.size - 1 },
    ]
    for (const range of ranges) {
      const part = await buffer(await read(range))
      expect(part.equals(large.subarray(range.first, range.last + 1))).toBe(true)
    }
  })

  test('that the upstream lacks is not found', async () => {
    world.upstream.content.delete(`/v2/team/app/blobs/${layer.digest}`)
    await expect(openLayer()).rejects.toThrow(LayerNotFoundError)
  })

  test('is not brought for who may not have it brought', async () => {
    const consent = { mayImport: async () => false }
    await expect(pullBlob(world.registry, app, layer.digest, consent)).rejects.toThrow(LayerNotFoundError)
    expect(world.upstream.asked).toEqual([])
  })
})

describe('a pull is cut off before the last byte, and nothing is stored, when the upstream', () => {
  const other = Buffer.from(large)
  other[1_500_000] = 0
  test.each<[string, (response: ServerResponse) => void]>([
    ['sends other bytes', (response) => response.end(other)],
    [
      'sends other bytes at a length it announced',
      (response) => response.writeHead(200, { 'content-length': layer.size }).end(other),
    ],
    ['sends too few', (response) => response.write(large.subarray(0, 2_000_000), () => response.end())],
    [
      'breaks off',
      (response) => response.write(large.subarray(0, 2_000_000), () => response.socket?.destroy()),
    ],
    ['sends more and more', (response) => void endless(response)],
  ])('%s', async (_what, send) => {
    sendLayer(send)
    const received: Buffer[] = []
    const stream = await openLayer()
    stream.on('data', (piece: Buffer) => received.push(piece))
    await expect(new Promise((_, reject) => stream.once('error', reject))).rejects.toThrow()
    expect(Buffer.concat(received).byteLength).toBeLessThan(layer.size)
    await expect(statBlob(world.registry, app, layer.digest)).rejects.toThrow(LayerNotFoundError)
    await expect.poll(uploads).toBe(0)
    // The next one tries again, and an honest answer is taken.
    world.upstream.bend = () => false
    await expect.poll(async () => (await world.readBlob(app, layer.digest)).equals(large)).toBe(true)
  })

  test.each<[string, Record<string, string>]>([
    ['announces another length', { 'content-length': '7' }],
    ['packs it', { 'content-encoding': 'gzip' }],
  ])('%s: refused before any byte', async (_what, headers) => {
    sendLayer((response) => response.writeHead(200, headers).end('unlike.'))
    await expect(openLayer()).rejects.toThrow(UpstreamUnavailableError)
  })
})

describe('what no cached image lists is not asked for', () => {
  test.each<[string, Digest]>([
    ['a blob of another image', textBlob('another').digest],
    ['a manifest', image.digest],
  ])('%s', async (_what, digest) => {
    await expect(pullBlob(world.registry, app, digest, everything)).rejects.toThrow(LayerNotFoundError)
    expect(world.upstream.asked).toEqual([])
  })

  test('CVE-2024-39897 (Zot): the bytes of another repository are not given to one whose upstream lists them', async () => {
    const secret = keyOf('team/secret')
    await makeRepository(world.registry, secret)
    const { digest, size } = await pushBlob(world.registry, secret, 'a secret')
    const descriptor = { mediaType: 'application/octet-stream', digest, size }
    const thief = manifestOf({ schemaVersion: 2, mediaType: imageType, config: descriptor, layers: [] })
    world.upstream.publish('team/app', 'thief', thief)
    await world.pull(app, 'thief')
    await expect(pullBlob(world.registry, app, digest, everything)).rejects.toThrow(LayerNotFoundError)
    world.upstream.content.set(`/v2/team/app/blobs/${digest}`, bytesOf('guessed!'))
    await expect(world.readBlob(app, digest)).rejects.toThrow('other bytes')
  })
})

async function endless(response: ServerResponse): Promise<void> {
  while (!response.destroyed) {
    if (!response.write(Buffer.alloc(65_536))) {
      await new Promise((resolve) => response.once('drain', resolve))
    }
  }
}
