import { request } from 'node:http'
import { CreateRepositoryCommand, type ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushBlob, pushManifest, startUpload } from '../support/push-image.ts'
import { type RegistryAccess, send, sendExpecting } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { blobsOf, randomImage, type TestBlob } from '../support/test-image.ts'
import { resumeUpload } from './resume-upload.ts'

const repositoryName = 'team/app'
const random = new SeededRandom('cut body')
let berth: BerthProcess
let ecr: ECRClient
let registry: RegistryAccess

beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
  registry = await logIn(berth, ecr)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
})
afterAll(() => berth?.[Symbol.asyncDispose]())

const framings = {
  'a declared length': (blob: TestBlob) => ({ 'content-length': blob.content.length }),
  'chunks, as docker sends them': () => ({ 'transfer-encoding': 'chunked' }),
}

for (const [framing, headersFor] of Object.entries(framings)) {
  test(`an upload whose body was cut, sent with ${framing}, is resumed where it stands`, async () => {
    const image = randomImage(random, [1_000_000])
    const [config, layer] = blobsOf(image)
    if (!config || !layer) throw new Error('an image has a config and a layer')
    await pushBlob(registry, repositoryName, config)
    const location = await startUpload(registry, repositoryName)
    await sendHalf('PATCH', location, headersFor(layer), layer.content)
    // What the server had not read yet when the connection broke is lost with it.
    const size = await vi.waitUntil(() => settledSize(location), { timeout: 30_000 })
    expect(size).toBeLessThanOrEqual(500_000)
    expect(await listed()).not.toContain(image.digest)
    expect(await resumeUpload(registry, { location, blob: layer })).toBe(true)
    await pushManifest(registry, repositoryName, image.digest, image)
    expect(await listed()).toContain(image.digest)
  })
}

test('a manifest whose body was cut is not there', async () => {
  const image = randomImage(random)
  for (const blob of blobsOf(image)) await pushBlob(registry, repositoryName, blob)
  const content = Buffer.from(image.manifest)
  const headers = { 'content-type': image.mediaType, 'content-length': content.length }
  await sendHalf('PUT', `/v2/${repositoryName}/manifests/cut`, headers, content)
  await pushManifest(registry, repositoryName, 'whole', image)
  const cut = await send(registry, 'GET', `/v2/${repositoryName}/manifests/cut`)
  expect(cut.status).toBe(404)
})

/** Sends the first half of a body, then hangs up. */
async function sendHalf(method: string, target: string, headers: object, content: Buffer): Promise<void> {
  const sent = { authorization: registry.authorization, ...headers }
  const outgoing = request(new URL(target, registry.url), { method, headers: sent })
  const hungUp = new Promise((resolve) => outgoing.once('error', resolve))
  outgoing.write(content.subarray(0, content.length / 2), () => outgoing.destroy(new Error('hung up')))
  await hungUp
}

/** How many bytes of an upload are there once the request that brought them has ended: an empty chunk waits for that. */
async function settledSize(location: string): Promise<number> {
  const { headers } = await sendExpecting(202, registry, 'PATCH', location)
  const [, last] = /^0-([0-9]+)$/.exec(headers.get('range') ?? '') ?? []
  return last === '0' ? 0 : Number(last) + 1
}

async function listed(): Promise<(string | undefined)[]> {
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }))
  return imageIds.map(({ imageDigest }) => imageDigest)
}
