import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchDeleteImage } from './batch-delete-image.ts'
import { createRepository } from './create-repository.ts'
import { listImages } from './list-images.ts'
import { putImage } from './put-image.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import { pushImage, sampleImage, sampleIndex, sha256 } from './testing/sample-image.ts'

const repositoryName = 'team/app'
const one = sampleImage('one')
const two = sampleImage('two')
let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
  await pushImage(desk, repositoryName, one, 'v1')
  await desk.ask(putImage, { repositoryName, imageManifest: one.manifest, imageTag: 'latest' })
  await pushImage(desk, repositoryName, two, 'v2')
})
afterEach(() => desk[Symbol.asyncDispose]())

test('a tag goes alone while the image has others, and takes the image along when it is the last', async () => {
  const v1 = { imageDigest: one.digest, imageTag: 'v1' }
  const latest = { imageDigest: one.digest, imageTag: 'latest' }
  expect(await remove({ imageTag: 'v1' })).toEqual({ imageIds: [v1], failures: [] })
  expect(await rows()).toEqual([`${one.digest} latest`, `${two.digest} v2`].toSorted())
  expect(await remove({ imageTag: 'latest' })).toEqual({ imageIds: [latest], failures: [] })
  expect(await rows()).toEqual([`${two.digest} v2`])
})

test('an image goes by its digest with all its tags, one row each', async () => {
  const { imageIds, failures } = await remove({ imageDigest: one.digest })
  expect(failures).toEqual([])
  expect(imageIds?.map(({ imageTag }) => imageTag).toSorted()).toEqual(['latest', 'v1'])
  expect(await rows()).toEqual([`${two.digest} v2`])
})

test('an untagged image goes by its digest, as one row without a tag', async () => {
  const three = await pushImage(desk, repositoryName, sampleImage('three'))
  expect(await remove({ imageDigest: three.digest })).toEqual({
    imageIds: [{ imageDigest: three.digest }],
    failures: [],
  })
})

const notFound = { failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }

test.each([
  [{ imageTag: 'nope' }, notFound],
  [{ imageDigest: sha256('nothing') }, notFound],
  [{ imageDigest: 'sha256:abc' }, notFound],
  [
    { imageDigest: one.digest, imageTag: 'v2' },
    {
      failureCode: 'ImageTagDoesNotMatchDigest',
      failureReason: 'Requested image tag does not match the requested image digest',
    },
  ],
  [
    {},
    {
      failureCode: 'MissingDigestAndTag',
      failureReason: 'Invalid request parameters: both tag and digest cannot be null',
    },
  ],
  [
    { imageDigest: 'v1' },
    {
      failureCode: 'InvalidImageDigest',
      failureReason:
        "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
    },
  ],
  [
    { imageTag: '*' },
    {
      failureCode: 'InvalidImageTag',
      failureReason: "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9-_.]+'",
    },
  ],
])('%j is a failure, and the others go nevertheless', async (imageId, failure) => {
  expect(await remove(imageId, { imageTag: 'latest' })).toEqual({
    imageIds: [{ imageDigest: one.digest, imageTag: 'latest' }],
    failures: [{ imageId, ...failure }],
  })
})

test('an image that an index lists stays as long as the index does', async () => {
  const imageManifest = sampleIndex([one])
  await desk.ask(putImage, { repositoryName, imageManifest, imageTag: 'multi' })
  expect(await remove({ imageDigest: one.digest })).toEqual({
    imageIds: [],
    failures: [
      {
        imageId: { imageDigest: one.digest },
        failureCode: 'ImageReferencedByManifestList',
        failureReason: `Requested image referenced by manifest list: [${sha256(imageManifest)}]`,
      },
    ],
  })
  const { failures } = await remove({ imageDigest: one.digest }, { imageTag: 'multi' })
  expect(failures).toEqual([])
  expect(await rows()).toEqual([`${two.digest} v2`])
})

test('a repository that does not exist has nothing to delete, not even what could not be read', async () => {
  await expect(desk.ask(batchDeleteImage, { repositoryName: 'gone', imageIds: [{}] })).rejects.toThrow(
    "The repository with name 'gone' does not exist in the registry with id '111122223333'",
  )
})

function remove(...imageIds: { imageTag?: string; imageDigest?: string }[]) {
  return desk.ask(batchDeleteImage, { repositoryName, imageIds })
}

async function rows(): Promise<string[]> {
  const { imageIds = [] } = await desk.ask(listImages, { repositoryName })
  return imageIds.map(({ imageDigest, imageTag }) => `${imageDigest} ${imageTag}`).toSorted()
}
