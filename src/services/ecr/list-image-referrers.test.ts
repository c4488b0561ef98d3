import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRepository } from './create-repository.ts'
import { listImageReferrers } from './list-image-referrers.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import { configType, descriptor, imageType, pushImage, sampleImage, sha256 } from './testing/sample-image.ts'

const repositoryName = 'team/app'
const app = sampleImage('app')
const subject = descriptor(imageType, app.manifest)
const annotations = { 'org.example.tool': 'a scanner' }
const sbom = sampleImage('sbom', { subject, artifactType: 'application/sbom', annotations })
const signature = sampleImage('signature', { subject, artifactType: 'application/signature' })
const plain = sampleImage('plain', { subject })
const inOrder = [sbom, signature, plain].toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
let desk: EcrDesk

interface Asked {
  readonly repositoryName?: string
  readonly subjectId?: { readonly imageDigest: string }
  readonly filter?: {
    artifactTypes?: string[]
    artifactStatus?: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING' | 'ANY'
  }
  readonly maxResults?: number
  readonly nextToken?: string
}

// All but one artifact come before the image that they are about.
beforeAll(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
  for (const image of [sbom, signature, app, plain]) await pushImage(desk, repositoryName, image)
})
afterAll(() => desk?.[Symbol.asyncDispose]())

function ask(asked: Asked = {}) {
  return desk.ask(listImageReferrers, { repositoryName, subjectId: { imageDigest: app.digest }, ...asked })
}

async function digestsOf(asked: Asked) {
  const { referrers = [] } = await ask(asked)
  return referrers.map(({ digest }) => digest)
}

describe('ListImageReferrers', () => {
  test('describes every artifact that names the image as its subject', async () => {
    const { referrers, nextToken } = await ask()
    expect(nextToken).toBeUndefined()
    const common = { mediaType: imageType, artifactStatus: 'ACTIVE' }
    const size = ({ manifest }: typeof app) => manifest.length
    const described = {
      [sbom.digest]: { ...common, size: size(sbom), artifactType: 'application/sbom', annotations },
      [signature.digest]: { ...common, size: size(signature), artifactType: 'application/signature' },
      [plain.digest]: { ...common, size: size(plain), artifactType: configType },
    }
    expect(referrers).toEqual(inOrder.map(({ digest }) => ({ digest, ...described[digest] })))
  })

  test.each([
    [['application/sbom'], [sbom]],
    [
      ['application/sbom', configType],
      [sbom, plain],
    ],
    [['application/other'], []],
    [[], [sbom, signature, plain]],
  ])('shows of the types %j only those', async (artifactTypes, images) => {
    const wanted = images.map(({ digest }) => digest).toSorted()
    expect(await digestsOf({ filter: { artifactTypes } })).toEqual(wanted)
  })

  test.each([
    ['ACTIVE', 3],
    ['ANY', 3],
    ['ARCHIVED', 0],
    ['ACTIVATING', 0],
  ] as const)('shows of status %s %i where nothing is archived', async (artifactStatus, count) => {
    expect(await digestsOf({ filter: { artifactStatus } })).toHaveLength(count)
  })

  test.each([1, 2, 3])('in pages of %i shows each artifact once', async (maxResults) => {
    const found: unknown[] = []
    let page: { nextToken?: string } = {}
    do {
      const { referrers = [], nextToken } = await ask({ maxResults, ...page })
      expect(referrers.length).toBeLessThanOrEqual(maxResults)
      found.push(...referrers.map(({ digest }) => digest))
      page = nextToken === undefined ? {} : { nextToken }
    } while (page.nextToken !== undefined)
    expect(found).toEqual(inOrder.map(({ digest }) => digest))
  })

  test.each([sha256('nothing'), 'sha256:abc'])('has nothing for %s', async (imageDigest) => {
    expect(await ask({ subjectId: { imageDigest } })).toEqual({ referrers: [] })
  })

  test('refuses what is no digest, and a repository that is none', async () => {
    await expect(ask({ subjectId: { imageDigest: 'latest' } })).rejects.toThrow('image digest')
    await expect(ask({ repositoryName: 'gone' })).rejects.toThrow(
      "The repository with name 'gone' does not exist",
    )
  })

  test.each(['7', '"x"', '[]', 'null'])('refuses a token that holds %s', async (nextToken) => {
    await expect(ask({ nextToken })).rejects.toThrow('Invalid next token')
  })
})
