import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DescribeImagesCommand,
  type ECRClient,
  paginateDescribeImages,
  paginateListImages,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { fillRepository } from '../support/fill-repository.ts'

const repositoryName = 'team/many'
let berth: BerthProcess
let ecr: ECRClient
let digests: string[]

beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
  digests = await fillRepository(ecr, await logIn(berth, ecr), repositoryName, 250)
})
afterAll(() => berth?.[Symbol.asyncDispose]())

test('pages of ListImages hold each of 250 images once', async () => {
  const found: (string | undefined)[] = []
  const sizes: number[] = []
  for await (const { imageIds = [] } of paginateListImages(
    { client: ecr, pageSize: 100 },
    { repositoryName },
  )) {
    sizes.push(imageIds.length)
    found.push(...imageIds.map(({ imageTag, imageDigest }) => `${imageTag} ${imageDigest}`))
  }
  expect(sizes).toEqual([100, 100, 50])
  expect(found.toSorted()).toEqual(digests.map((digest, index) => `v${index} ${digest}`).toSorted())
})

test('pages of DescribeImages hold each of 250 images once', async () => {
  const found: (string | undefined)[] = []
  for await (const page of paginateDescribeImages({ client: ecr, pageSize: 60 }, { repositoryName })) {
    found.push(...(page.imageDetails ?? []).map(({ imageDigest }) => imageDigest))
  }
  expect(found.toSorted()).toEqual(digests.toSorted())
})

test('a page holds 100 images unless told, and 1000 at the most', async () => {
  const page = await ecr.send(new DescribeImagesCommand({ repositoryName }))
  expect(page.imageDetails).toHaveLength(100)
  expect(page.nextToken).toBeDefined()
  await expect(ecr.send(new DescribeImagesCommand({ repositoryName, maxResults: 1001 }))).rejects.toThrow(
    "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'",
  )
})

test('a page token is good for its own request alone', async () => {
  const { nextToken } = await ecr.send(new DescribeImagesCommand({ repositoryName, maxResults: 10 }))
  const other = new DescribeImagesCommand({ repositoryName, nextToken, filter: { tagStatus: 'UNTAGGED' } })
  await expect(ecr.send(other)).rejects.toThrow(/^Invalid parameter at 'nextToken'/)
})

test('images asked for by name come in the order asked', async () => {
  const imageIds = ['v7', 'v3', 'v240'].map((imageTag) => ({ imageTag }))
  const { images = [] } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }))
  expect(images.map(({ imageId }) => imageId)).toEqual([
    { imageTag: 'v7', imageDigest: digests[7] },
    { imageTag: 'v3', imageDigest: digests[3] },
    { imageTag: 'v240', imageDigest: digests[240] },
  ])
})

test('a hundred images go in one call, and the missing ones are told apart', async () => {
  const there = digests.slice(0, 98).map((imageDigest) => ({ imageDigest }))
  const missing = [{ imageTag: 'never' }, { imageDigest: `sha256:${'0'.repeat(64)}` }]
  const deletion = await ecr.send(
    new BatchDeleteImageCommand({ repositoryName, imageIds: [...there, ...missing] }),
  )
  expect(deletion.imageIds).toHaveLength(98)
  expect(deletion.failures).toEqual(
    missing.map((imageId) => ({
      imageId,
      failureCode: 'ImageNotFound',
      failureReason: 'Requested image not found',
    })),
  )
})
