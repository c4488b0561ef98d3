import {
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ListTagsForResourceCommand,
  PutImageTagMutabilityCommand,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type EvidenceByOperation, enforced } from '../evidence.ts'
import { type Desk, pullFrom } from '../evidence-desk.ts'

const repositoryName = 'team/app'
const tags = [{ Key: 'stage', Value: 'public' }]

async function taggedArn({ ecr, create }: Desk): Promise<string> {
  await create(repositoryName)
  const { repositories } = await ecr.send(
    new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
  )
  const condition = { StringEquals: { 'ecr:ResourceTag/stage': 'public' } }
  const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:DescribeImages', Condition: condition }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }))
  return repositories?.[0]?.repositoryArn ?? ''
}

/** Whether another account finds the images, which a policy makes depend on the repository's tags. */
async function isPublic({ stranger, account: registryId }: Desk): Promise<boolean> {
  const asked = new DescribeImagesCommand({ registryId, repositoryName })
  return stranger.send(asked).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: 'AccessDeniedException' })
      return false
    },
  )
}

export const repositoryEvidence: EvidenceByOperation = {
  CreateRepository: enforced('a push is refused before and taken after', async ({ create, push, pull }) => {
    await expect(push(repositoryName, 'v1')).rejects.toMatchObject({ status: 404 })
    await create(repositoryName)
    const { digest } = await push(repositoryName, 'v1')
    expect(await pull(repositoryName, 'v1')).toBe(digest)
  }),
  DescribeRepositories: enforced(
    'docker pulls from the address it tells',
    async ({ ecr, create, push, access }) => {
      await create(repositoryName)
      const { digest } = await push(repositoryName, 'v1')
      const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}))
      const { hostname, port, pathname } = new URL(`http://${repositories[0]?.repositoryUri}`)
      const there = { ...access, url: `http://${hostname}:${port}` }
      expect(await pullFrom(there, pathname.slice(1), 'v1')).toBe(digest)
    },
  ),
  DeleteRepository: enforced('nothing of it is pulled any more', async ({ ecr, create, push, pull }) => {
    await create(repositoryName)
    await push(repositoryName, 'v1')
    await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }))
    expect(await pull(repositoryName, 'v1')).toBe(404)
    await create(repositoryName)
    expect(await pull(repositoryName, 'v1')).toBe(404)
  }),
  PutImageTagMutability: enforced(
    'a tag that moved is refused to move',
    async ({ ecr, create, push, pull }) => {
      await create(repositoryName)
      await push(repositoryName, 'v1')
      const { digest } = await push(repositoryName, 'v1')
      await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }))
      await expect(push(repositoryName, 'v1')).rejects.toMatchObject({ status: 400 })
      expect(await pull(repositoryName, 'v1')).toBe(digest)
    },
  ),
  TagResource: enforced('policies go by the tag', async (desk) => {
    const resourceArn = await taggedArn(desk)
    expect(await isPublic(desk)).toBe(false)
    await desk.ecr.send(new TagResourceCommand({ resourceArn, tags }))
    expect(await isPublic(desk)).toBe(true)
  }),
  UntagResource: enforced('policies no more go by the tag', async (desk) => {
    const resourceArn = await taggedArn(desk)
    await desk.ecr.send(new TagResourceCommand({ resourceArn, tags }))
    expect(await isPublic(desk)).toBe(true)
    await desk.ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: ['stage'] }))
    expect(await isPublic(desk)).toBe(false)
  }),
  ListTagsForResource: enforced('it tells the tags that policies go by', async (desk) => {
    const resourceArn = await taggedArn(desk)
    const told = async () => (await desk.ecr.send(new ListTagsForResourceCommand({ resourceArn }))).tags
    expect([await told(), await isPublic(desk)]).toEqual([[], false])
    await desk.ecr.send(new TagResourceCommand({ resourceArn, tags }))
    expect([await told(), await isPublic(desk)]).toEqual([tags, true])
  }),
}
