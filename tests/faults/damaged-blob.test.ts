import { once } from 'node:events'
import { rm, truncate, writeFile } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { pullImage } from '../support/pull-image.ts'
import { pushImage, startUpload, withDigest } from '../support/push-image.ts'
import { pushThroughApi, uploadLayer } from '../support/push-through-api.ts'
import { send, sendExpecting } from '../support/registry-client.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { flipByte, pathOfBlob } from '../support/stored-blob.ts'
import type { TestBlob, TestImage } from '../support/test-image.ts'

const repository = 'team/app'

const losses = {
  'are gone': (path: string) => rm(path),
  'were cut': (path: string) => truncate(path, 10),
  'were altered, read, and moved away by the operator': async (
    path: string,
    read: () => Promise<unknown>,
  ) => {
    await writeFile(path, 'x'.repeat(1000))
    await read()
    await rm(path)
  },
} as const

const doors = {
  '/v2/': (berth: LocalBerth, image: TestImage) => pushImage(berth, repository, 'v1', image),
  'the API': (berth: LocalBerth, image: TestImage) => pushThroughApi(berth.ecr, repository, 'v1', image),
} as const

for (const [door, push] of Object.entries(doors)) {
  for (const [name, harm] of Object.entries(losses)) {
    test(`a layer whose bytes ${name} is healed by the next push through ${door}`, async () => {
      await using world = await openWorld()
      const { berth, image, path, target } = world
      await harm(path, async () => (await send(berth, 'GET', target)).bytes())
      expect((await send(berth, 'HEAD', target)).status).toBe(404)
      await push(berth, image)
      expect(await pullImage(berth, repository, 'v1')).toBe(image.digest)
    })
  }
}

/** Without asking first whether the layer is there, which it seems to be. */
const senders = {
  '/v2/': async (berth: LocalBerth, layer: TestBlob) => {
    const place = withDigest(await startUpload(berth, repository), layer.digest)
    await sendExpecting(201, berth, 'PUT', place, { body: new Uint8Array(layer.content) })
  },
  'the API': (berth: LocalBerth, layer: TestBlob) => uploadLayer(berth.ecr, repository, layer),
} as const

for (const [door, sendAgain] of Object.entries(senders)) {
  for (const size of [1_000, 3_000_000]) {
    test(`a layer of ${size} bytes that were altered is healed by who sends it again through ${door}`, async () => {
      await using world = await openWorld(size)
      const { berth, image, path } = world
      const [layer = image.config] = image.layers
      await flipByte(path)
      await expect(pullImage(berth, repository, 'v1')).rejects.toThrow(layer.digest)
      await sendAgain(berth, layer)
      expect(await pullImage(berth, repository, 'v1')).toBe(image.digest)
    })
  }
}

test('a layer whose bytes are lost is not mounted, so that it is sent, which heals it', async () => {
  await using world = await openWorld()
  const { berth, image, path } = world
  const digest = image.layers[0]?.digest
  await berth.createRepository('team/other')
  await truncate(path, 10)
  const mount = `/v2/team/other/blobs/uploads/?mount=${digest}&from=${repository}`
  expect((await send(berth, 'POST', mount)).status).toBe(202)
  await pushImage(berth, 'team/other', 'v1', image)
  expect((await send(berth, 'POST', mount)).status).toBe(201)
  expect(await pullImage(berth, repository, 'v1')).toBe(image.digest)
})

for (const size of [1_000, 2_000_000]) {
  for (const [name, harm] of Object.entries({
    'are gone': losses['are gone'],
    'were cut': losses['were cut'],
  })) {
    test(`a pull of a layer whose ${size} bytes ${name} is told so, and so is the log`, async () => {
      await using world = await openWorld(size)
      const { berth, path, target } = world
      await harm(path)
      for (const headers of [{}, { range: `bytes=20-${size - 1}` }]) {
        const answer = await send(berth, 'GET', target, { headers })
        expect({ status: answer.status, body: await answer.json() }).toEqual({
          status: 500,
          body: { errors: [{ code: 'UNAVAILABLE', message: expect.stringContaining('are damaged') }] },
        })
      }
      const logged = { err: expect.objectContaining({ name: 'LayerDamagedError' }) }
      expect(berth.failures).toEqual([expect.objectContaining(logged), expect.objectContaining(logged)])
    })
  }
}

test('a pull during which bytes are lost is broken off, and logged', async () => {
  await using world = await openWorld(40_000_000)
  const { berth, path, target } = world
  const pull = request(new URL(target, berth.url), { headers: { authorization: berth.authorization } }).end()
  const answer = await answerTo(pull)
  await truncate(path, 30_000_000)
  await expect(buffer(answer)).rejects.toThrow('aborted')
  expect(berth.failures).toEqual([expect.objectContaining({ err: expect.any(Error) })])
})

async function answerTo(pull: ClientRequest): Promise<IncomingMessage> {
  const [answer] = await once(pull, 'response')
  return answer
}

/** A Berth with one image of one layer, and where that is. */
async function openWorld(layerBytes = 1_000) {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerth())
  await berth.createRepository(repository)
  const image = await berth.pushRandomImage(repository, 'v1', [layerBytes])
  const digest = image.layers[0]?.digest ?? ''
  const open = opening.move()
  return {
    berth,
    image,
    path: pathOfBlob(berth.config.dataDir, digest),
    target: `/v2/${repository}/blobs/${digest}`,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
