import {
  DescribeImagesCommand,
  type ImageIdentifier,
  ListImageReferrersCommand,
  paginateListImages,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { parseAccountId } from '../../src/core/names/account-id.ts'
import { parseDigest } from '../../src/core/names/digest.ts'
import { parseRegion } from '../../src/core/names/region.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import { parseTag } from '../../src/core/names/tag.ts'
import { pullWhole } from '../garbage/contents.ts'
import type { Doors } from '../garbage/doors.ts'
import { digestOf } from '../garbage/model.ts'
import { manifestNamed, manifests, nameOf, signature } from './manifests.ts'
import { isActive, type RepositoryState, repositoryNames, type StateModel, tagsOf } from './state-model.ts'

export const abroad = 'eu-west-1'

/** Both doors show what the model says, every image pulls whole, and nothing went wrong unseen. */
export async function expectStates(model: StateModel, doors: Doors): Promise<void> {
  for (const name of repositoryNames) {
    const repository = model.repositories.get(name)
    if (repository === undefined) {
      expect((await doors.v2('GET', `/v2/${name}/tags/list`)).status).toBe(404)
      continue
    }
    await expectApi(doors, name, repository)
    await expectV2(doors, name, repository)
    await expectReferrers(doors, name, repository)
  }
  for (const name of model.replicas.keys()) await expectReplica(model, doors, name)
  expect(doors.failures).toEqual([])
}

/** The lists of ECR's API: each tag a row, and what has none a row; the archive shows when it is asked for. */
async function expectApi(doors: Doors, repositoryName: string, repository: RepositoryState): Promise<void> {
  const { images } = repository
  const rows: string[] = []
  const pages = paginateListImages(
    { client: doors.ecr(), pageSize: 2 },
    { repositoryName, filter: { imageStatus: 'ANY', tagStatus: 'ANY' } },
  )
  for await (const { imageIds = [] } of pages) rows.push(...imageIds.map(rowOf))
  const expected = manifests.flatMap(({ name, text }) => {
    const imageDigest = digestOf(text)
    const tags = tagsOf(repository, name)
    if (!images.has(name)) return []
    return tags.length === 0
      ? [rowOf({ imageDigest })]
      : tags.map((imageTag) => rowOf({ imageDigest, imageTag }))
  })
  expect(rows.toSorted()).toEqual(expected.toSorted())
  const { imageDetails = [] } = await doors.ecr().send(new DescribeImagesCommand({ repositoryName }))
  const active = manifests.filter(({ name }) => isActive(repository, name))
  expect(imageDetails.map(({ imageDigest }) => nameOf(imageDigest)).toSorted()).toEqual(
    active.map(({ name }) => name).toSorted(),
  )
}

function rowOf({ imageDigest, imageTag = '(none)' }: ImageIdentifier): string {
  return `${imageTag} ${nameOf(imageDigest)}`
}

async function expectV2(doors: Doors, repositoryName: string, repository: RepositoryState): Promise<void> {
  const isPulled = (name: string) => isActive(repository, name)
  for (const manifest of manifests) {
    expect(await pullWhole(doors, repositoryName, manifest)).toBe(isPulled(manifest.name))
  }
  const listed = JSON.parse((await doors.v2('GET', `/v2/${repositoryName}/tags/list`)).body.toString())
  const pulled = [...repository.tags].filter(([, name]) => isPulled(name)).map(([tag]) => tag)
  expect(listed.tags).toEqual(pulled.toSorted())
  for (const [tag, holder] of repository.tags) {
    const { status, headers } = await doors.v2('HEAD', `/v2/${repositoryName}/manifests/${tag}`)
    const digest = digestOf(manifestNamed(holder).text)
    expect([status, headers['docker-content-digest']]).toEqual(
      isPulled(holder) ? [200, digest] : [404, undefined],
    )
  }
}

/** What belongs to an image is listed at both doors, whether or not the image is here; the archive shows when it is asked for. */
async function expectReferrers(
  doors: Doors,
  repositoryName: string,
  repository: RepositoryState,
): Promise<void> {
  const imageDigest = digestOf(manifestNamed(signature.subject ?? '').text)
  const digest = digestOf(signature.text)
  const state = isActive(repository, signature.name) ? 'ACTIVE' : 'ARCHIVED'
  const asked = { repositoryName, subjectId: { imageDigest }, filter: { artifactStatus: 'ANY' } } as const
  const { referrers = [] } = await doors.ecr().send(new ListImageReferrersCommand(asked))
  expect(referrers.map((each) => [each.digest, each.artifactStatus])).toEqual(
    repository.images.has(signature.name) ? [[digest, state]] : [],
  )
  const { body } = await doors.v2('GET', `/v2/${repositoryName}/referrers/${imageDigest}`)
  const listed: { readonly digest: string }[] = JSON.parse(body.toString()).manifests
  expect(listed.map((each) => each.digest)).toEqual(isActive(repository, signature.name) ? [digest] : [])
}

/** What was replicated is there, with every layer and with its tags. */
async function expectReplica(
  { replicas }: StateModel,
  { registry: { metadata } }: Doors,
  name: string,
): Promise<void> {
  const replica = replicas.get(name) ?? { images: new Set(), tags: new Map() }
  const account = parseAccountId('000000000000')
  const key = { account, region: parseRegion(abroad), name: parseRepositoryName(name) }
  const { id } = (await metadata.repositories.find(key)) ?? { id: 0 }
  for (const image of replica.images) {
    const { text, blobs } = manifestNamed(image)
    expect(await metadata.images.find(id, parseDigest(digestOf(text)))).toMatchObject({ storage: 'ACTIVE' })
    const wanted = blobs.map((blob) => parseDigest(digestOf(blob)))
    expect(await metadata.blobLinks.findMany(id, wanted)).toHaveLength(wanted.length)
  }
  for (const [tag, image] of replica.tags) {
    expect(await metadata.tags.find(id, parseTag(tag))).toBe(digestOf(manifestNamed(image).text))
  }
}
