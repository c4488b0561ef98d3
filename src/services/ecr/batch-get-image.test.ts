import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchGetImage } from './batch-get-image.ts'
import { createRepository } from './create-repository.ts'
import { describeImages } from './describe-images.ts'
import { putImage } from './put-image.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import { imageType, indexType, pushImage, sampleImage, sha256 } from './testing/sample-image.ts'

const repositoryName = 'team/app'
const one = sampleImage('one')
const two = sampleImage('two')
let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
  await pushImage(desk, repositoryName, one, 'v1')
  await pushImage(desk, repositoryName, two, 'v2')
})
afterEach(() => desk[Symbol.asyncDispose]())

test('images come in the order asked, each under the name asked', async () => {
  const imageIds = [
    { imageTag: 'v2' },
    { imageDigest: one.digest },
    { imageDigest: two.digest, imageTag: 'v2' },
  ]
  const { images = [], failures } = await desk.ask(batchGetImage, { repositoryName, imageIds })
  expect(failures).toEqual([])
  expect(images.map(({ imageId }) => imageId)).toEqual([
    { imageDigest: two.digest, imageTag: 'v2' },
    { imageDigest: one.digest },
    { imageDigest: two.digest, imageTag: 'v2' },
  ])
  expect(images[0]).toEqual({
    registryId: '111122223333',
    repositoryName,
    imageId: { imageDigest: two.digest, imageTag: 'v2' },
    imageManifest: two.manifest,
    imageManifestMediaType: imageType,
  })
})

test('an image asked by two tags is two rows', async () => {
  await desk.ask(putImage, { repositoryName, imageManifest: one.manifest, imageTag: 'latest' })
  const imageIds = [{ imageTag: 'v1' }, { imageTag: 'latest' }]
  const { images = [] } = await desk.ask(batchGetImage, { repositoryName, imageIds })
  expect(images.map(({ imageId }) => imageId)).toEqual([
    { imageDigest: one.digest, imageTag: 'v1' },
    { imageDigest: one.digest, imageTag: 'latest' },
  ])
})

const notFound = { failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }

test.each([
  [{ imageTag: 'nope' }, notFound],
  [{ imageDigest: sha256('nothing') }, notFound],
  [{ imageDigest: 'sha256:abc' }, notFound],
  [{ imageDigest: sha256('nothing'), imageTag: 'v1' }, notFound],
  [{ imageDigest: one.digest, imageTag: 'nope' }, notFound],
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
    { imageTag: 'v 1' },
    {
      failureCode: 'InvalidImageTag',
      failureReason: "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9-_.]+'",
    },
  ],
])('%j is a failure, and the others come nevertheless', async (imageId, failure) => {
  const imageIds = [imageId, { imageTag: 'v1' }]
  const { images = [], failures } = await desk.ask(batchGetImage, { repositoryName, imageIds })
  expect(failures).toEqual([{ imageId, ...failure }])
  expect(images.map((image) => image.imageId?.imageTag)).toEqual(['v1'])
})

test('an image in a type the client cannot read is a failure, and no pull', async () => {
  const input = { repositoryName, imageIds: [{ imageTag: 'v1' }] }
  expect(await desk.ask(batchGetImage, { ...input, acceptedMediaTypes: [indexType] })).toEqual({
    images: [],
    failures: [{ imageId: { imageTag: 'v1' }, ...notFound }],
  })
  expect(await lastPulled('v1')).toBeUndefined()
  const { images } = await desk.ask(batchGetImage, { ...input, acceptedMediaTypes: [indexType, imageType] })
  expect(images).toHaveLength(1)
})

test('getting an image is a pull', async () => {
  expect(await lastPulled('v1')).toBeUndefined()
  desk.pass(60_000)
  await desk.ask(batchGetImage, { repositoryName, imageIds: [{ imageTag: 'v1' }] })
  expect(await lastPulled('v1')).toEqual(new Date('2026-03-01T08:01:00Z'))
  expect(await lastPulled('v2')).toBeUndefined()
})

test('a repository that does not exist has no images, not even failing ones', async () => {
  await expect(desk.ask(batchGetImage, { repositoryName: 'gone', imageIds: [{}] })).rejects.toThrow(
    "The repository with name 'gone' does not exist in the registry with id '111122223333'",
  )
})

async function lastPulled(imageTag: string): Promise<Date | undefined> {
  await desk.context.registry.pulls.flush()
  const { imageDetails = [] } = await desk.ask(describeImages, { repositoryName, imageIds: [{ imageTag }] })
  return imageDetails[0]?.lastRecordedPullTime
}
