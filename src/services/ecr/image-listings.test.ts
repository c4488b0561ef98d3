import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRepository } from './create-repository.ts'
import { describeImages } from './describe-images.ts'
import { listImages } from './list-images.ts'
import { putImage } from './put-image.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import {
  configType,
  descriptor,
  imageType,
  indexType,
  pushImage,
  sampleImage,
  sampleIndex,
  sha256,
} from './testing/sample-image.ts'

const repositoryName = 'team/app'
const tagged = sampleImage('tagged')
const untagged = sampleImage('untagged')
const signature = sampleImage('signature', { subject: descriptor(imageType, tagged.manifest) })
const index = sampleIndex([tagged, untagged])
let desk: EcrDesk

// Pushed in this order, a second apart, and so listed the other way round.
beforeAll(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
  await pushImage(desk, repositoryName, tagged, 'b')
  await desk.ask(putImage, { repositoryName, imageManifest: tagged.manifest, imageTag: 'a' })
  desk.pass(1000)
  await pushImage(desk, repositoryName, untagged)
  desk.pass(1000)
  await pushImage(desk, repositoryName, signature)
  desk.pass(1000)
  await desk.ask(putImage, { repositoryName, imageManifest: index, imageTag: 'multi' })
})
afterAll(() => desk[Symbol.asyncDispose]())

const multi = { imageDigest: sha256(index), imageTag: 'multi' }
const a = { imageDigest: tagged.digest, imageTag: 'a' }
const b = { imageDigest: tagged.digest, imageTag: 'b' }

describe('ListImages', () => {
  test.each([
    [undefined, [multi, { imageDigest: signature.digest }, { imageDigest: untagged.digest }, a, b]],
    [
      { tagStatus: 'ANY' },
      [multi, { imageDigest: signature.digest }, { imageDigest: untagged.digest }, a, b],
    ],
    [{ tagStatus: 'TAGGED' }, [multi, a, b]],
    [{ tagStatus: 'UNTAGGED' }, [{ imageDigest: signature.digest }, { imageDigest: untagged.digest }]],
    [{ imageStatus: 'ARCHIVED' }, []],
    [{ imageStatus: 'ACTIVE', tagStatus: 'TAGGED' }, [multi, a, b]],
  ] as const)('under %j has a row for each tag and for each image without', async (filter, imageIds) => {
    expect(await desk.ask(listImages, { repositoryName, ...(filter && { filter }) })).toEqual({ imageIds })
  })

  test.each([1, 2, 3, 4, 5])('in pages of %i is the same list', async (maxResults) => {
    const found: unknown[] = []
    let page: { nextToken?: string } = {}
    do {
      const { imageIds = [], nextToken } = await desk.ask(listImages, { repositoryName, maxResults, ...page })
      expect(imageIds.length).toBeLessThanOrEqual(maxResults)
      found.push(...imageIds)
      page = nextToken === undefined ? {} : { nextToken }
    } while (page.nextToken !== undefined)
    expect(found).toEqual([multi, { imageDigest: signature.digest }, { imageDigest: untagged.digest }, a, b])
  })

  test('needs the repository to exist, whatever the filter', async () => {
    const filter = { imageStatus: 'ARCHIVED' } as const
    await expect(desk.ask(listImages, { repositoryName: 'gone', filter })).rejects.toThrow(
      "The repository with name 'gone' does not exist in the registry with id '111122223333'",
    )
  })

  test.each(['7', '[]', '["x"]', '[1,"sha256:abc",null]', 'null'])(
    'refuses a token that holds %s',
    async (nextToken) => {
      await expect(desk.ask(listImages, { repositoryName, nextToken })).rejects.toThrow(
        "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid next token'",
      )
    },
  )
})

describe('DescribeImages', () => {
  test('has one row for each image, with all that is known and nothing that is not', async () => {
    const { imageDetails = [], nextToken } = await desk.ask(describeImages, { repositoryName })
    expect(nextToken).toBeUndefined()
    const common = { registryId: '111122223333', repositoryName, imageStatus: 'ACTIVE' }
    const size = ({ config, layer }: { config: string; layer: string }) => config.length + layer.length
    expect(imageDetails).toEqual([
      {
        ...common,
        imageDigest: sha256(index),
        imageTags: ['multi'],
        imageSizeInBytes: Math.max(size(tagged), size(untagged)),
        imagePushedAt: new Date('2026-03-01T08:00:03Z'),
        imageManifestMediaType: indexType,
      },
      {
        ...common,
        imageDigest: signature.digest,
        imageSizeInBytes: size(signature),
        imagePushedAt: new Date('2026-03-01T08:00:02Z'),
        imageManifestMediaType: imageType,
        artifactMediaType: configType,
        subjectManifestDigest: tagged.digest,
      },
      {
        ...common,
        imageDigest: untagged.digest,
        imageSizeInBytes: size(untagged),
        imagePushedAt: new Date('2026-03-01T08:00:01Z'),
        imageManifestMediaType: imageType,
        artifactMediaType: configType,
      },
      {
        ...common,
        imageDigest: tagged.digest,
        imageTags: ['a', 'b'],
        imageSizeInBytes: size(tagged),
        imagePushedAt: new Date('2026-03-01T08:00:00Z'),
        imageManifestMediaType: imageType,
        artifactMediaType: configType,
      },
    ])
  })

  test.each([
    ['TAGGED', [sha256(index), tagged.digest]],
    ['UNTAGGED', [signature.digest, untagged.digest]],
  ] as const)('shows %s images alone when asked', async (tagStatus, digests) => {
    expect(await digestsOf({ filter: { tagStatus } })).toEqual(digests)
  })

  test('shows nothing archived where nothing is', async () => {
    expect(await digestsOf({ filter: { imageStatus: 'ARCHIVED' } })).toEqual([])
    expect(await digestsOf({ filter: { imageStatus: 'ANY' } })).toHaveLength(4)
  })

  test.each([1, 2, 3, 4])('in pages of %i shows each image once', async (maxResults) => {
    const found: unknown[] = []
    let page: { nextToken?: string } = {}
    do {
      const { imageDetails = [], nextToken } = await desk.ask(describeImages, {
        repositoryName,
        maxResults,
        ...page,
      })
      found.push(...imageDetails.map(({ imageDigest }) => imageDigest))
      page = nextToken === undefined ? {} : { nextToken }
    } while (page.nextToken !== undefined)
    expect(found).toEqual([sha256(index), signature.digest, untagged.digest, tagged.digest])
  })

  test('shows the images asked for in the order asked, whatever they are asked by', async () => {
    const imageIds = [{ imageTag: 'a' }, { imageDigest: untagged.digest }, { imageTag: 'multi' }]
    expect(await digestsOf({ imageIds })).toEqual([tagged.digest, untagged.digest, sha256(index)])
  })

  test('shows of the images asked for only those the filter lets through', async () => {
    const imageIds = [{ imageTag: 'a' }, { imageDigest: untagged.digest }]
    expect(await digestsOf({ imageIds, filter: { tagStatus: 'UNTAGGED' } })).toEqual([untagged.digest])
    expect(await digestsOf({ imageIds, filter: { imageStatus: 'ARCHIVED' } })).toEqual([])
  })

  test.each([
    [
      { imageTag: 'nope' },
      "The image with imageId {imageDigest:'null', imageTag:'nope'} does not exist within the repository with name 'team/app' in the registry with id '111122223333'",
    ],
    [
      { imageDigest: sha256('nothing') },
      `The image with imageId {imageDigest:'${sha256('nothing')}', imageTag:'null'} does not exist within the repository with name 'team/app' in the registry with id '111122223333'`,
    ],
    [{}, 'Invalid request parameters: both tag and digest cannot be null'],
  ])('fails when asked for %j', async (imageId, message) => {
    const imageIds = [{ imageTag: 'a' }, imageId]
    await expect(desk.ask(describeImages, { repositoryName, imageIds })).rejects.toThrow(message)
  })

  test('has no pages for images asked for one by one', async () => {
    const imageIds = [{ imageTag: 'a' }]
    await expect(desk.ask(describeImages, { repositoryName, imageIds, maxResults: 1 })).rejects.toThrow(
      "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must be null when imageIds is specified'",
    )
  })

  async function digestsOf(asked: object) {
    const { imageDetails = [] } = await desk.ask(describeImages, { repositoryName, ...asked })
    return imageDetails.map(({ imageDigest }) => imageDigest)
  }
})
