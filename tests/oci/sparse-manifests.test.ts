import { CreateRepositoryCommand, ListImagesCommand, PutImageCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushBlob } from '../support/push-image.ts'
import { send } from '../support/registry-client.ts'
import { registryError } from '../support/registry-errors.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { digestOf, randomImage, type TestImage } from '../support/test-image.ts'

const random = new SeededRandom('sparse manifests')
const indexType = 'application/vnd.oci.image.index.v1+json'
const repositoryName = 'team/mirror'

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth({ sparseManifests: true })
  await berth.ecr.send(new CreateRepositoryCommand({ repositoryName }))
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test('with sparse manifests on, an index of some platforms is pushed and pulled, and the rest may follow', async () => {
  const here = await berth.pushRandomImage(repositoryName, 'amd64')
  const late = randomImage(random)
  const index = indexOf([here, late])
  expect((await put('multi', indexType, index)).status).toBe(201)
  expect(await (await ask('GET', 'manifests/multi')).text()).toBe(index)
  expect((await ask('GET', `manifests/${here.digest}`)).status).toBe(200)
  expect(await registryError(await ask('GET', `manifests/${late.digest}`))).toMatchObject({
    status: 404,
    code: 'MANIFEST_UNKNOWN',
  })
  for (const blob of [late.config, ...late.layers]) await pushBlob(berth, repositoryName, blob)
  expect((await put(late.digest, late.mediaType, late.manifest)).status).toBe(201)
  expect(await (await ask('GET', `manifests/${late.digest}`)).text()).toBe(late.manifest)
})

test('with sparse manifests on, an image may come before its layers', async () => {
  const image = randomImage(random)
  const [layer] = image.layers
  if (layer === undefined) throw new Error('an image without layers')
  await pushBlob(berth, repositoryName, image.config)
  expect((await put('early', image.mediaType, image.manifest)).status).toBe(201)
  expect(await registryError(await ask('GET', `blobs/${layer.digest}`))).toMatchObject({
    status: 404,
    code: 'BLOB_UNKNOWN',
  })
  await pushBlob(berth, repositoryName, layer)
  expect((await ask('GET', `blobs/${layer.digest}`)).status).toBe(200)
  expect((await ask('DELETE', `blobs/${layer.digest}`)).status).toBe(405)
})

test("ECR's own API refuses what is incomplete all the same", async () => {
  const image = randomImage(random)
  const put = (imageManifest: string, imageTag: string) =>
    berth.ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag }))
  await expect(put(image.manifest, 'no-layers')).rejects.toMatchObject({ name: 'LayersNotFoundException' })
  await expect(put(indexOf([image]), 'no-images')).rejects.toMatchObject({
    name: 'ReferencedImagesNotFoundException',
  })
  const { imageIds = [] } = await berth.ecr.send(new ListImagesCommand({ repositoryName }))
  expect(imageIds.map(({ imageTag }) => imageTag)).not.toContain('no-layers')
})

function indexOf(images: readonly TestImage[]): string {
  const manifests = images.map(({ mediaType, manifest }) => ({
    mediaType,
    digest: digestOf(manifest),
    size: manifest.length,
  }))
  return JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })
}

function ask(method: string, path: string): Promise<Response> {
  return send(berth, method, `/v2/${repositoryName}/${path}`)
}

function put(reference: string, mediaType: string, body: string): Promise<Response> {
  const sent = { headers: { 'content-type': mediaType }, body }
  return send(berth, 'PUT', `/v2/${repositoryName}/manifests/${reference}`, sent)
}
