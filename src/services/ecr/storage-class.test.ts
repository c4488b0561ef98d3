import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseDigest } from '../../core/names/digest.ts'
import { parseRegion } from '../../core/names/region.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { activateImage } from '../../registry/activate-image.ts'
import { batchCheckLayerAvailability } from './batch-check-layer-availability.ts'
import { batchGetImage } from './batch-get-image.ts'
import { createRepository } from './create-repository.ts'
import { describeImages } from './describe-images.ts'
import { getDownloadUrlForLayer } from './get-download-url-for-layer.ts'
import { listImages } from './list-images.ts'
import { putImage } from './put-image.ts'
import { type EcrDesk, openEcrDesk, ourAccount } from './testing/ecr-desk.ts'
import { pushImage, sampleImage, sha256 } from './testing/sample-image.ts'
import { updateImageStorageClass } from './update-image-storage-class.ts'

const repositoryName = 'team/app'
const repository = { repositoryName }
const image = sampleImage('a')
const imageId = { imageTag: 'v1' }

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, repository)
  await pushImage(desk, repositoryName, image, 'v1')
  desk.pass(1000)
})
afterEach(() => desk[Symbol.asyncDispose]())

const change = (targetStorageClass: 'ARCHIVE' | 'STANDARD') =>
  desk.ask(updateImageStorageClass, { ...repository, imageId, targetStorageClass })
const describeAll = (filter?: { imageStatus: 'ACTIVE' | 'ARCHIVED' | 'ANY' }) =>
  desk.ask(describeImages, { ...repository, ...(filter && { filter }) })

test('an image goes to the archive and comes back, and every answer on the way says where it is', async () => {
  const named = { registryId: ourAccount, repositoryName, imageId: { imageDigest: image.digest, ...imageId } }
  expect(await change('ARCHIVE')).toEqual({ ...named, imageStatus: 'ARCHIVED' })
  expect(await describeAll()).toMatchObject({ imageDetails: [] })
  const archived = { imageStatus: 'ARCHIVED', lastArchivedAt: new Date('2026-03-01T08:00:01.000Z') }
  for (const imageStatus of ['ARCHIVED', 'ANY'] as const) {
    expect(await describeAll({ imageStatus })).toMatchObject({ imageDetails: [archived] })
  }
  expect(await desk.ask(describeImages, { ...repository, imageIds: [imageId] })).toMatchObject({
    imageDetails: [archived],
  })
  expect(await change('STANDARD')).toEqual({ ...named, imageStatus: 'ACTIVATING' })
  const { registry } = desk.context
  const key = {
    account: ourAccount,
    region: parseRegion('us-east-1'),
    name: parseRepositoryName(repositoryName),
  }
  await activateImage(registry, key, parseDigest(image.digest))
  expect((await describeAll()).imageDetails).toMatchObject([
    { imageStatus: 'ACTIVE', lastArchivedAt: archived.lastArchivedAt, lastActivatedAt: registry.now() },
  ])
})

test('a list shows what can be pulled, and what it is asked for', async () => {
  await change('ARCHIVE')
  const list = async (imageStatus?: 'ARCHIVED' | 'ACTIVATING' | 'ANY') =>
    (await desk.ask(listImages, { ...repository, ...(imageStatus && { filter: { imageStatus } }) })).imageIds
  const row = { imageDigest: image.digest, imageTag: 'v1' }
  expect(await list()).toEqual([])
  expect(await list('ACTIVATING')).toEqual([])
  expect(await list('ARCHIVED')).toEqual([row])
  expect(await list('ANY')).toEqual([row])
})

test('an archived image is a failure of BatchGetImage, and its layers are archived', async () => {
  await change('ARCHIVE')
  expect(await desk.ask(batchGetImage, { ...repository, imageIds: [imageId] })).toMatchObject({
    images: [],
    failures: [{ imageId, failureCode: 'ImageInaccessible' }],
  })
  const layerDigest = sha256(image.layer)
  const { layers } = await desk.ask(batchCheckLayerAvailability, {
    ...repository,
    layerDigests: [layerDigest],
  })
  expect(layers).toEqual([{ layerDigest, layerAvailability: 'ARCHIVED' }])
  await expect(desk.ask(getDownloadUrlForLayer, { ...repository, layerDigest })).rejects.toMatchObject({
    name: 'LayerInaccessibleError',
  })
})

test('putting its manifest again restores it at once, where that is refused for an active one', async () => {
  const again = { ...repository, imageManifest: image.manifest, ...imageId }
  await expect(desk.ask(putImage, again)).rejects.toMatchObject({ name: 'ImageAlreadyExistsError' })
  await change('ARCHIVE')
  expect((await desk.ask(putImage, again)).image).toMatchObject({ imageId })
  expect((await describeAll()).imageDetails).toMatchObject([{ imageStatus: 'ACTIVE' }])
})

test('a change that changes nothing is refused', async () => {
  await expect(change('STANDARD')).rejects.toThrow(
    'The requested image storage class update is not supported.',
  )
})
