import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { policyText } from '../../core/lifecycle/testing/lifecycle-world.ts'
import { createRepositoryCreationTemplate } from './create-repository-creation-template.ts'
import { deleteRepositoryCreationTemplate } from './delete-repository-creation-template.ts'
import { describeRepositories } from './describe-repositories.ts'
import { describeRepositoryCreationTemplates } from './describe-repository-creation-templates.ts'
import { getRepositoryPolicy } from './get-repository-policy.ts'
import { initiateLayerUpload } from './initiate-layer-upload.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { type EcrDesk, openEcrDesk, ourAccount } from './testing/ecr-desk.ts'
import { updateRepositoryCreationTemplate } from './update-repository-creation-template.ts'

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const created = new Date('2026-03-01T08:00:00.000Z')
const plain = { prefix: 'team', appliedFor: ['CREATE_ON_PUSH' as const] }
const shown = {
  ...plain,
  imageTagMutability: 'MUTABLE',
  encryptionConfiguration: { encryptionType: 'AES256' },
  createdAt: created,
  updatedAt: created,
}
const lifecyclePolicy = policyText({
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 9 },
})
const filters = [{ filterType: 'WILDCARD' as const, filter: 'dev-*' }]

async function stored(prefix = 'team') {
  const answer = await desk.ask(describeRepositoryCreationTemplates, { prefixes: [prefix] })
  return answer.repositoryCreationTemplates?.[0]
}

describe('a template', () => {
  test("that says nothing has ECR's defaults", async () => {
    const answer = await desk.ask(createRepositoryCreationTemplate, plain)
    expect(answer).toEqual({ registryId: ourAccount, repositoryCreationTemplate: shown })
    expect(await stored()).toEqual(shown)
  })

  test('comes back with all it was given', async () => {
    const full = {
      ...plain,
      description: 'what the teams push',
      resourceTags: [{ Key: 'team', Value: 'web' }],
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' as const,
      imageTagMutabilityExclusionFilters: filters,
      lifecyclePolicy: JSON.stringify(JSON.parse(lifecyclePolicy), null, 2),
      encryptionConfiguration: { encryptionType: 'AES256' as const, kmsKey: '' },
      customRoleArn: 'arn:aws:iam::111122223333:role/maker',
    }
    await desk.ask(createRepositoryCreationTemplate, full)
    const expected = {
      ...shown,
      ...full,
      lifecyclePolicy,
      encryptionConfiguration: { encryptionType: 'AES256' },
    }
    expect(await stored()).toEqual(expected)
  })

  test('brings the repositories made by it their policy', async () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }
    const repositoryPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await desk.ask(createRepositoryCreationTemplate, { ...plain, repositoryPolicy })
    await desk.ask(initiateLayerUpload, { repositoryName: 'team/app' })
    const { policyText: text = '' } = await desk.ask(getRepositoryPolicy, { repositoryName: 'team/app' })
    expect(JSON.parse(text)).toEqual(JSON.parse(repositoryPolicy))
  })

  test('is there once for a prefix', async () => {
    await desk.ask(createRepositoryCreationTemplate, plain)
    await expect(desk.ask(createRepositoryCreationTemplate, { ...plain, prefix: 'team/' })).rejects.toThrow(
      'The repository creation template already exists. Specify a unique prefix and try again.',
    )
  })

  test('changes where an update says so, and loses what an update empties', async () => {
    const filtered = { imageTagMutability: 'MUTABLE_WITH_EXCLUSION' as const, description: 'before' }
    const before = { ...plain, ...filtered, imageTagMutabilityExclusionFilters: filters, lifecyclePolicy }
    await desk.ask(createRepositoryCreationTemplate, before)
    desk.pass(5000)
    const update = { prefix: 'team', description: 'after', lifecyclePolicy: '' }
    const answer = await desk.ask(updateRepositoryCreationTemplate, update)
    const { lifecyclePolicy: _gone, ...rest } = before
    const expected = {
      ...shown,
      ...rest,
      description: 'after',
      updatedAt: new Date(created.getTime() + 5000),
    }
    expect(answer.repositoryCreationTemplate).toEqual(expected)
    expect(await stored()).toEqual(expected)
    await desk.ask(updateRepositoryCreationTemplate, { prefix: 'team', imageTagMutability: 'IMMUTABLE' })
    expect(await stored()).toMatchObject({ imageTagMutability: 'IMMUTABLE', description: 'after' })
    expect(await stored()).not.toHaveProperty('imageTagMutabilityExclusionFilters')
  })

  test('comes back when it is deleted, and is not found from then on', async () => {
    await desk.ask(createRepositoryCreationTemplate, plain)
    const answer = await desk.ask(deleteRepositoryCreationTemplate, { prefix: 'team' })
    expect(answer).toEqual({ registryId: ourAccount, repositoryCreationTemplate: shown })
    const notFound =
      "The specified repository creation template can't be found. Verify the registry ID and prefix and try again."
    for (const action of [deleteRepositoryCreationTemplate, updateRepositoryCreationTemplate]) {
      await expect(desk.ask(action, { prefix: 'team' })).rejects.toThrow(notFound)
    }
    expect(await stored()).toBeUndefined()
  })

  test.each<[string, object, string]>([
    ['a repository policy that is none', { repositoryPolicy: '{}' }, 'Invalid repository policy provided'],
    ['a lifecycle policy that is none', { lifecyclePolicy: '{}' }, 'Lifecycle policy validation failure'],
    ['filters of a plain setting', { imageTagMutabilityExclusionFilters: filters }, 'must be null'],
    ['a role that is none', { customRoleArn: 'arn:aws:iam::111122223333:user/ada' }, "'customRoleArn'"],
    ['tags of AWS', { resourceTags: [{ Key: 'aws:x', Value: '' }] }, 'reserved for AWS use'],
    ['a KMS key', { encryptionConfiguration: { encryptionType: 'KMS' } }, 'Encryption with KMS keys'],
    ['no purpose', { appliedFor: [] }, "'appliedFor'"],
  ])('with %s is refused, new or changed', async (_what, members, text) => {
    await desk.ask(createRepositoryCreationTemplate, { ...plain, prefix: 'other' })
    const wanted = { ...plain, ...members }
    await expect(desk.ask(createRepositoryCreationTemplate, wanted)).rejects.toThrow(text)
    const change = { prefix: 'other', ...members }
    await expect(desk.ask(updateRepositoryCreationTemplate, change)).rejects.toThrow(text)
    expect(await stored()).toBeUndefined()
    expect(await stored('other')).toEqual({ ...shown, prefix: 'other' })
  })

  test('is listed by prefix, page by page', async () => {
    for (const prefix of ['b', 'ROOT', 'a/c', 'a']) {
      await desk.ask(createRepositoryCreationTemplate, { ...plain, prefix })
    }
    const page = async (members: { nextToken?: string }) => {
      const answer = await desk.ask(describeRepositoryCreationTemplates, { maxResults: 3, ...members })
      const prefixes = answer.repositoryCreationTemplates?.map(({ prefix }) => prefix)
      return { prefixes, nextToken: answer.nextToken }
    }
    const first = await page({})
    expect(first.prefixes).toEqual(['ROOT', 'a', 'a/c'])
    expect(await page({ nextToken: first.nextToken ?? '' })).toEqual({
      prefixes: ['b'],
      nextToken: undefined,
    })
    const both = { prefixes: ['a'], maxResults: 3 }
    await expect(desk.ask(describeRepositoryCreationTemplates, both)).rejects.toThrow('maxResults')
  })
})

test('an upload makes the repository that a template is for, and no other', async () => {
  const resourceTags = [{ Key: 'team', Value: 'web' }]
  await desk.ask(createRepositoryCreationTemplate, {
    ...plain,
    imageTagMutability: 'IMMUTABLE',
    resourceTags,
  })
  await desk.ask(initiateLayerUpload, { repositoryName: 'team/app' })
  const { repositories } = await desk.ask(describeRepositories, { repositoryNames: ['team/app'] })
  expect(repositories?.[0]).toMatchObject({ imageTagMutability: 'IMMUTABLE' })
  const resourceArn = repositories?.[0]?.repositoryArn ?? ''
  expect(await desk.ask(listTagsForResource, { resourceArn })).toEqual({ tags: resourceTags })
  await expect(desk.ask(initiateLayerUpload, { repositoryName: 'tea/app' })).rejects.toThrow(
    "The repository with name 'tea/app' does not exist in the registry with id '111122223333'",
  )
})
