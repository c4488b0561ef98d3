import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  PutImageTagMutabilityCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askBerth } from '../support/ask-berth.ts'
import { pullImage } from '../support/pull-image.ts'
import { send } from '../support/registry-client.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blobsOf } from '../support/test-image.ts'

const root = 'arn:aws:iam::000000000000:root'
let berth: LocalBerth
let repositoryName: string
let count = 0

beforeAll(async () => {
  berth = await startBerth({ dev: true, rootAccessKey: 'test', rootSecretKey: 'test' })
})
beforeEach(async () => {
  repositoryName = `team/app${count++}`
  await berth.createRepository(repositoryName)
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

async function ask(operation: string, input: object = {}, keyId = 'test') {
  const body = JSON.stringify({ repositoryName, ...input })
  const answer = await askBerth({ port: berth.port, keyId, secret: 'test' }, `/berth/v1/${operation}`, body)
  return JSON.parse(answer.body)
}

function deleteByDigest(...digests: readonly string[]) {
  const imageIds = digests.map((imageDigest) => ({ imageDigest }))
  return berth.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }))
}

describe('a deleted image', () => {
  test('shows in no answer that AWS documents and on no path of /v2/, and pulls again once restored', async () => {
    const image = await berth.pushRandomImage(repositoryName, 'v1')
    await deleteByDigest(image.digest)
    const { imageDetails } = await berth.ecr.send(new DescribeImagesCommand({ repositoryName }))
    const { imageIds } = await berth.ecr.send(new ListImagesCommand({ repositoryName }))
    const asked = new BatchGetImageCommand({ repositoryName, imageIds: [{ imageDigest: image.digest }] })
    const { images, failures } = await berth.ecr.send(asked)
    expect({ imageDetails, imageIds, images }).toEqual({ imageDetails: [], imageIds: [], images: [] })
    expect(failures).toMatchObject([{ failureCode: 'ImageNotFound' }])
    for (const path of [`manifests/${image.digest}`, 'manifests/v1']) {
      expect((await send(berth, 'GET', `/v2/${repositoryName}/${path}`)).status).toBe(404)
    }
    expect(await ask('RestoreImage', { imageDigest: image.digest, imageTag: 'v1' })).toEqual({
      imageDigest: image.digest,
      restoredDigests: [image.digest],
      tags: [{ imageTag: 'v1', imageDigest: image.digest }],
      takenTags: [],
    })
    expect(await pullImage(berth, repositoryName, 'v1')).toBe(image.digest)
  })

  test('leaves its layers to the next push, as any blob that no image needs', async () => {
    const image = await berth.pushRandomImage(repositoryName, 'v1')
    await deleteByDigest(image.digest)
    for (const { digest } of blobsOf(image)) {
      expect((await send(berth, 'HEAD', `/v2/${repositoryName}/blobs/${digest}`)).status).toBe(200)
    }
  })

  test('is listed, page by page, until it is back', async () => {
    const images = [
      await berth.pushRandomImage(repositoryName, 'v1'),
      await berth.pushRandomImage(repositoryName, 'v2'),
      await berth.pushRandomImage(repositoryName, 'v3'),
    ]
    const digests = images.map(({ digest }) => digest)
    await deleteByDigest(...digests)
    const first = await ask('ListDeletedImages', { maxResults: 2 })
    const second = await ask('ListDeletedImages', { maxResults: 2, nextToken: first.nextToken })
    const listed = [...first.images, ...second.images]
    expect(listed.map(({ imageDigest }) => imageDigest).toSorted()).toEqual(digests.toSorted())
    expect(second.nextToken).toBeUndefined()
    const [image] = listed
    expect(image).toMatchObject({ actor: root, reason: 'batch-delete-image' })
    expect(image.restorableUntil - image.deletedAt).toBe(24 * 60 * 60)
    for (const imageDigest of digests) await ask('RestoreImage', { imageDigest, restoreTags: true })
    expect((await ask('ListDeletedImages')).images).toEqual([])
    const { imageIds } = await berth.ecr.send(new ListImagesCommand({ repositoryName }))
    expect(imageIds?.map(({ imageTag }) => imageTag).toSorted()).toEqual(['v1', 'v2', 'v3'])
  })

  test('that was never here is not found', async () => {
    const imageDigest = `sha256:${'0'.repeat(64)}`
    expect(await ask('RestoreImage', { imageDigest })).toEqual({
      __type: 'ImageNotFoundException',
      message: `The image with imageId {imageDigest:'${imageDigest}', imageTag:'null'} does not exist within the repository with name '${repositoryName}' in the registry with id '000000000000'`,
    })
  })
})

describe('the history of tags', () => {
  test('tells each door by its own name', async () => {
    const a = await berth.pushRandomImage(repositoryName, 'v1')
    const b = await berth.pushRandomImage(repositoryName, 'v1')
    await send(berth, 'DELETE', `/v2/${repositoryName}/manifests/v1`)
    await ask('RestoreImage', { imageDigest: a.digest, imageTag: 'v1' })
    const { changes } = await ask('ListTagHistory', { imageTag: 'v1' })
    expect(changes).toMatchObject([
      { reason: 'restore', toDigest: a.digest, actor: root },
      { reason: 'delete', fromDigest: b.digest },
      { reason: 'push', fromDigest: a.digest, toDigest: b.digest },
      { reason: 'push', toDigest: a.digest },
    ])
    const first = await ask('ListTagHistory', { imageTag: 'v1', maxResults: 3 })
    expect(first.changes).toEqual(changes.slice(0, 3))
    const next = { imageTag: 'v1', maxResults: 3, nextToken: first.nextToken }
    expect((await ask('ListTagHistory', next)).changes).toEqual(changes.slice(3))
    expect(await ask('ListTagHistory', { ...next, imageTag: 'v2' })).toMatchObject({
      __type: 'InvalidParameterException',
    })
  })

  test('stays with its account', async () => {
    const image = await berth.pushRandomImage(repositoryName, 'v1')
    await deleteByDigest(image.digest)
    const theirs = { registryId: '000000000000', imageDigest: image.digest }
    for (const operation of ['ListTagHistory', 'ListDeletedImages', 'RestoreImage']) {
      const denied = await ask(operation, theirs, '111122223333')
      expect(denied).toMatchObject({ __type: 'AccessDeniedException' })
      expect(denied.message).toContain(
        `berth:${operation} on resource: arn:aws:ecr:us-east-1:000000000000:repository/${repositoryName}`,
      )
    }
    const own = await ask('RestoreImage', { imageDigest: image.digest }, '111122223333')
    expect(own).toMatchObject({ __type: 'RepositoryNotFoundException' })
  })
})

test('a restore overwrites no immutable tag, in the words of ECR', async () => {
  const image = await berth.pushRandomImage(repositoryName, 'v1')
  await deleteByDigest(image.digest)
  await berth.pushRandomImage(repositoryName, 'v1')
  const imageTagMutability = 'IMMUTABLE'
  await berth.ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability }))
  expect(await ask('RestoreImage', { imageDigest: image.digest, imageTag: 'v1' })).toEqual({
    __type: 'ImageTagAlreadyExistsException',
    message: `The image tag 'v1' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
  })
})
