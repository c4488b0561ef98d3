import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRepository } from './create-repository.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { tagResource } from './tag-resource.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import { untagResource } from './untag-resource.ts'

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const resourceArn = 'arn:aws:ecr:us-east-1:111122223333:repository/team/app'

test('tags come with the repository, are added to, overwritten and removed', async () => {
  const tags = [{ Key: 'team', Value: 'web' }]
  await desk.ask(createRepository, { repositoryName: 'team/app', tags })
  const more = [
    { Key: 'team', Value: 'api' },
    { Key: 'cost', Value: '7' },
  ]
  expect(await desk.ask(tagResource, { resourceArn, tags: more })).toEqual({})
  expect(await desk.ask(listTagsForResource, { resourceArn })).toEqual({
    tags: [
      { Key: 'cost', Value: '7' },
      { Key: 'team', Value: 'api' },
    ],
  })
  expect(await desk.ask(untagResource, { resourceArn, tagKeys: ['team', 'unknown'] })).toEqual({})
  expect(await desk.ask(listTagsForResource, { resourceArn })).toEqual({
    tags: [{ Key: 'cost', Value: '7' }],
  })
})

test('a repository without tags lists none', async () => {
  await desk.ask(createRepository, { repositoryName: 'team/app' })
  expect(await desk.ask(listTagsForResource, { resourceArn })).toEqual({ tags: [] })
})

test.each([
  ['a key of AWS', [{ Key: 'aws:team', Value: 'x' }], 'InvalidTagParameterError'],
  ['an empty key', [{ Key: '', Value: 'x' }], 'InvalidTagParameterError'],
  ['a long key', [{ Key: 'k'.repeat(129), Value: 'x' }], 'InvalidTagParameterError'],
  ['a long value', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTagParameterError'],
  [
    '51 tags',
    Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' })),
    'TooManyTagsError',
  ],
])('a repository takes no tags with %s', async (_, tags, name) => {
  await desk.ask(createRepository, { repositoryName: 'team/app' })
  await expect(desk.ask(tagResource, { resourceArn, tags })).rejects.toMatchObject({ name })
  await expect(desk.ask(createRepository, { repositoryName: 'other', tags })).rejects.toMatchObject({ name })
})

test('a repository that does not exist has no tags to speak of', async () => {
  const missing = "The repository with name 'team/app' does not exist in the registry with id '111122223333'"
  await expect(desk.ask(tagResource, { resourceArn, tags: [] })).rejects.toThrow(missing)
  await expect(desk.ask(untagResource, { resourceArn, tagKeys: ['k'] })).rejects.toThrow(missing)
  await expect(desk.ask(listTagsForResource, { resourceArn })).rejects.toThrow(missing)
})

test.each([
  'team/app',
  'arn:aws:s3:::bucket',
  'arn:aws:ecr:us-east-1:111122223333:repository/',
  'arn:aws:ecr:eu-west-2:111122223333:repository/team/app',
])('%s names no repository of this region', async (arn) => {
  await expect(desk.ask(listTagsForResource, { resourceArn: arn })).rejects.toThrow(
    "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'",
  )
})
