import type { GetLifecyclePolicyPreviewRequest } from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { policyText } from '../../core/lifecycle/testing/lifecycle-world.ts'
import { parseRegion } from '../../core/names/region.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { runLifecyclePreview } from '../../registry/run-lifecycle-preview.ts'
import type { Checked } from '../checked.ts'
import { createRepository } from './create-repository.ts'
import { deleteLifecyclePolicy } from './delete-lifecycle-policy.ts'
import { getLifecyclePolicy } from './get-lifecycle-policy.ts'
import { getLifecyclePolicyPreview } from './get-lifecycle-policy-preview.ts'
import { putImage } from './put-image.ts'
import { putLifecyclePolicy } from './put-lifecycle-policy.ts'
import { startLifecyclePolicyPreview } from './start-lifecycle-policy-preview.ts'
import { type EcrDesk, openEcrDesk, ourAccount } from './testing/ecr-desk.ts'
import { pushImage, sampleImage } from './testing/sample-image.ts'

const repositoryName = 'team/app'
const repository = { repositoryName }
const names = { registryId: ourAccount, repositoryName }
const text = policyText({
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
})
const spacious = JSON.stringify(JSON.parse(text), null, 4)
const day = 24 * 60 * 60 * 1000

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, repository)
})
afterEach(() => desk[Symbol.asyncDispose]())

describe('a lifecycle policy', () => {
  test('comes back compacted, and as never evaluated before its first evaluation', async () => {
    const put = await desk.ask(putLifecyclePolicy, { ...repository, lifecyclePolicyText: spacious })
    expect(put).toEqual({ ...names, lifecyclePolicyText: text })
    const stored = { ...names, lifecyclePolicyText: text, lastEvaluatedAt: new Date(0) }
    expect(await desk.ask(getLifecyclePolicy, repository)).toEqual(stored)
    expect(await desk.ask(deleteLifecyclePolicy, repository)).toEqual(stored)
  })

  test('that is not there is named as ECR names it', async () => {
    const refusal =
      "Lifecycle policy does not exist for the repository with name 'team/app' in the registry with id '111122223333'"
    await expect(desk.ask(getLifecyclePolicy, repository)).rejects.toThrow(refusal)
    await expect(desk.ask(deleteLifecyclePolicy, repository)).rejects.toThrow(refusal)
    await expect(desk.ask(startLifecyclePolicyPreview, repository)).rejects.toThrow(refusal)
  })

  test('that breaks a rule changes nothing', async () => {
    await desk.ask(putLifecyclePolicy, { ...repository, lifecyclePolicyText: text })
    const invalid = { ...repository, lifecyclePolicyText: text.replace('any', 'none') }
    for (const action of [putLifecyclePolicy, startLifecyclePolicyPreview]) {
      await expect(desk.ask(action, invalid)).rejects.toThrow(
        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: instance value (none) not found in enum",
      )
    }
    expect(await desk.ask(getLifecyclePolicy, repository)).toMatchObject({ lifecyclePolicyText: text })
  })

  test('of a repository that is not there is refused', async () => {
    const missing = { repositoryName: 'team/none', lifecyclePolicyText: text }
    for (const action of [putLifecyclePolicy, startLifecyclePolicyPreview]) {
      await expect(desk.ask(action, missing)).rejects.toThrow(
        "repository with name 'team/none' does not exist",
      )
    }
  })
})

describe('a preview', () => {
  /** Images from the oldest to the newest; the newest stays. */
  const images = ['a', 'b', 'c', 'd'].map((name) => sampleImage(name))
  const tags = ['v1', undefined, 'v3', 'v4']

  async function makePreview(): Promise<Date | undefined> {
    const signal = new AbortController().signal
    const { registry } = desk.context
    return runLifecyclePreview(registry, key, { signal, attempt: 1, rest: async () => undefined })
  }
  async function preview(members: Omit<Checked<GetLifecyclePolicyPreviewRequest>, 'repositoryName'> = {}) {
    const { previewResults, ...answer } = await desk.ask(getLifecyclePolicyPreview, {
      ...repository,
      ...members,
    })
    return { ...answer, found: previewResults?.map(({ imageDigest }) => imageDigest) }
  }
  const digests = images.slice(0, 3).map(({ digest }) => digest)

  beforeEach(async () => {
    for (const [at, image] of images.entries()) {
      await pushImage(desk, repositoryName, image, tags[at])
      desk.pass(1000)
    }
  })

  test('is in progress, then complete with what would go, oldest first', async () => {
    const started = await desk.ask(startLifecyclePolicyPreview, {
      ...repository,
      lifecyclePolicyText: spacious,
    })
    const echo = { ...names, lifecyclePolicyText: text }
    expect(started).toEqual({ ...echo, status: 'IN_PROGRESS' })
    expect(await desk.ask(getLifecyclePolicyPreview, repository)).toEqual({ ...echo, status: 'IN_PROGRESS' })
    await expect(
      desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text }),
    ).rejects.toThrow(
      "The previous lifecycle policy preview request for the repository with name 'team/app' in the registry with id '111122223333' has not completed",
    )
    await makePreview()
    const { previewResults, ...complete } = await desk.ask(getLifecyclePolicyPreview, repository)
    const summary = { expiringImageTotalCount: 3 }
    expect(complete).toEqual({ ...echo, status: 'COMPLETE', nextToken: undefined, summary })
    expect(previewResults?.map(({ imageDigest }) => imageDigest)).toEqual(digests)
    expect(previewResults?.[0]).toEqual({
      imageTags: ['v1'],
      imageDigest: digests[0],
      imagePushedAt: new Date('2026-03-01T08:00:00.000Z'),
      action: { type: 'EXPIRE' },
      appliedRulePriority: 1,
      storageClass: 'STANDARD',
    })
    expect(previewResults?.[1]).not.toHaveProperty('imageTags')
  })

  test('is of the policy in force without a text', async () => {
    await desk.ask(putLifecyclePolicy, { ...repository, lifecyclePolicyText: text })
    await desk.ask(startLifecyclePolicyPreview, repository)
    await makePreview()
    expect((await preview()).found).toEqual(digests)
  })

  test('is read in pages, by tag status and by name', async () => {
    await desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text })
    await makePreview()
    const first = await preview({ maxResults: 2 })
    expect(first.found).toEqual(digests.slice(0, 2))
    const second = await preview({ maxResults: 2, nextToken: first.nextToken ?? '' })
    expect(second).toMatchObject({ found: digests.slice(2), nextToken: undefined })
    expect((await preview({ filter: { tagStatus: 'UNTAGGED' } })).found).toEqual([digests[1]])
    expect((await preview({ filter: { tagStatus: 'TAGGED' } })).found).toEqual([digests[0], digests[2]])
    const byName = [
      { imageTag: 'v3' },
      { imageTag: 'v4' },
      { imageTag: 'none' },
      { imageDigest: digests[1] ?? '' },
    ]
    const named = await preview({ imageIds: byName })
    expect(named).toMatchObject({ found: [digests[2], digests[1]], summary: { expiringImageTotalCount: 3 } })
    await expect(preview({ imageIds: byName, maxResults: 2 })).rejects.toThrow('maxResults')
    await desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text })
    await makePreview()
    await expect(preview({ nextToken: first.nextToken ?? '' })).rejects.toThrow('Invalid next token')
  })

  test('of thousands of images gives each result once, whatever the size of a page', async () => {
    for (let count = 0; count < 1200; count += 1) {
      const { manifest } = sampleImage('a', { annotations: { count: `${count}` } })
      await desk.ask(putImage, { repositoryName, imageManifest: manifest })
    }
    await desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text })
    await makePreview()
    const found: unknown[] = []
    let nextToken: string | undefined
    do {
      const page = await preview({ maxResults: 93, ...(nextToken !== undefined && { nextToken }) })
      expect(page.found?.length).toBeLessThanOrEqual(93)
      found.push(...(page.found ?? []))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(found).toHaveLength(1203)
    expect(new Set(found).size).toBe(1203)
  })

  test('that was never asked for is not found; an old one has expired', async () => {
    await expect(preview()).rejects.toThrow(
      "Lifecycle policy preview does not exist for the repository with name 'team/app' in the registry with id '111122223333'",
    )
    await desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text })
    const overAt = await makePreview()
    desk.pass(day)
    expect(overAt?.getTime()).toBeLessThanOrEqual(desk.context.registry.now().getTime())
    await makePreview()
    expect(await preview()).toEqual({
      ...names,
      lifecyclePolicyText: text,
      status: 'EXPIRED',
      found: undefined,
    })
  })

  test('that is stopped in the middle is made anew, and fails only after three attempts', async () => {
    await desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text })
    const { registry } = desk.context
    const signal = new AbortController().signal
    const rest = () => Promise.reject(new Error('no disk'))
    const attempt = (attempt: number) => runLifecyclePreview(registry, key, { signal, attempt, rest })
    await expect(attempt(1)).rejects.toThrow('no disk')
    expect(await preview()).toMatchObject({ status: 'IN_PROGRESS' })
    await expect(attempt(3)).rejects.toThrow('no disk')
    expect(await preview()).toMatchObject({ status: 'FAILED' })
    await desk.ask(startLifecyclePolicyPreview, { ...repository, lifecyclePolicyText: text })
    await expect(attempt(1)).rejects.toThrow('no disk')
    await makePreview()
    expect((await preview()).found).toEqual(digests)
  })
})

const key = {
  account: ourAccount,
  region: parseRegion('us-east-1'),
  name: parseRepositoryName(repositoryName),
}
