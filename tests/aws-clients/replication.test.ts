import {
  CreateRepositoryCommand,
  DescribeImageReplicationStatusCommand,
  DescribeRegistryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  PutRegistryPolicyCommand,
  PutReplicationConfigurationCommand,
  type ReplicationRule,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { basic } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type Caller, type LocalBerth, startBerth } from '../support/start-berth.ts'
import { randomImage } from '../support/test-image.ts'

const random = new SeededRandom('replication')
const ours = '111122223333'
const theirs = '444455556666'
const home: Caller = { accessKeyId: ours, secretAccessKey: 'test' }
const abroad: Caller = { ...home, region: 'eu-west-1' }

let berth: LocalBerth
let ecr: ECRClient
beforeAll(async () => {
  berth = await startBerth({ dev: true, rootAccessKey: 'test', rootSecretKey: 'test' })
  ecr = berth.clientOf(home)
})
afterAll(() => berth[Symbol.asyncDispose]())

async function put(...rules: readonly ReplicationRule[]): Promise<void> {
  await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules: [...rules] } }))
}

async function accessOf(caller: Caller) {
  return { url: berth.url, authorization: basic(await berth.password(caller)) }
}

async function push(repositoryName: string, tag: string): Promise<string> {
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const image = randomImage(random)
  await pushImage(await accessOf(home), repositoryName, tag, image)
  return image.digest
}

async function statusesOf(repositoryName: string, imageTag: string) {
  const asked = { repositoryName, imageId: { imageTag } }
  const { replicationStatuses } = await ecr.send(new DescribeImageReplicationStatusCommand(asked))
  return replicationStatuses
}

test('rules are described as they were put, in their order', async () => {
  const rules: ReplicationRule[] = [
    {
      destinations: [
        { region: 'us-west-2', registryId: ours },
        { region: 'eu-west-1', registryId: theirs },
      ],
      repositoryFilters: [
        { filter: 'prod/', filterType: 'PREFIX_MATCH' },
        { filter: 'base', filterType: 'PREFIX_MATCH' },
      ],
    },
    { destinations: [{ region: 'ap-south-1', registryId: ours }] },
  ]
  await put(...rules)
  expect(await ecr.send(new DescribeRegistryCommand())).toMatchObject({
    registryId: ours,
    replicationConfiguration: { rules },
  })
  await put()
  expect((await ecr.send(new DescribeRegistryCommand())).replicationConfiguration).toEqual({ rules: [] })
})

test('a registry is no destination of its own', async () => {
  await expect(put({ destinations: [{ region: 'us-east-1', registryId: ours }] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message:
      "Invalid parameter at 'replicationConfiguration' failed to satisfy constraint: 'Replication destination cannot be the same as the source registry'",
  })
})

test('an image whose repository fits a filter can be pulled in the other region, with default settings', async () => {
  await put({
    destinations: [{ region: 'eu-west-1', registryId: ours }],
    repositoryFilters: [{ filter: 'prod/', filterType: 'PREFIX_MATCH' }],
  })
  const digest = await push('prod/app', 'v1')
  await push('test/app', 'v1')
  const complete = [{ region: 'eu-west-1', registryId: ours, status: 'COMPLETE' }]
  await vi.waitUntil(async () => (await statusesOf('prod/app', 'v1'))?.[0]?.status === 'COMPLETE', 30_000)
  expect(await statusesOf('prod/app', 'v1')).toEqual(complete)
  expect(await pullImage(await accessOf(abroad), 'prod/app', 'v1')).toBe(digest)
  const { repositories = [] } = await berth.clientOf(abroad).send(new DescribeRepositoriesCommand())
  expect(repositories).toMatchObject([
    {
      repositoryArn: `arn:aws:ecr:eu-west-1:${ours}:repository/prod/app`,
      imageTagMutability: 'MUTABLE',
      encryptionConfiguration: { encryptionType: 'AES256' },
    },
  ])
  expect(await statusesOf('test/app', 'v1')).toEqual([])
})

test('another account that allows nothing gets nothing, and the status says so', async () => {
  await put({ destinations: [{ region: 'us-east-1', registryId: theirs }] })
  await push('shared/app', 'v1')
  await vi.waitUntil(async () => (await statusesOf('shared/app', 'v1'))?.[0]?.status === 'FAILED', 30_000)
  expect(await statusesOf('shared/app', 'v1')).toEqual([
    { region: 'us-east-1', registryId: theirs, status: 'FAILED', failureCode: 'AccessDenied' },
  ])
  const theirEcr = berth.clientOf({ accessKeyId: theirs, secretAccessKey: 'test' })
  expect((await theirEcr.send(new DescribeRepositoriesCommand())).repositories).toEqual([])
})

test('another account that allows it in its registry policy gets the image', async () => {
  const theirEcr = berth.clientOf({ accessKeyId: theirs, secretAccessKey: 'test' })
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'replication',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ours}:root` },
        Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
        Resource: `arn:aws:ecr:us-east-1:${theirs}:repository/allowed/*`,
      },
    ],
  }
  await theirEcr.send(new PutRegistryPolicyCommand({ policyText: JSON.stringify(policy) }))
  await put({ destinations: [{ region: 'us-east-1', registryId: theirs }] })
  const digest = await push('allowed/app', 'v1')
  await push('other/app', 'v1')
  await vi.waitUntil(async () => (await statusesOf('allowed/app', 'v1'))?.[0]?.status === 'COMPLETE', 30_000)
  const their = { accessKeyId: theirs, secretAccessKey: 'test' }
  expect(await pullImage(await accessOf(their), 'allowed/app', 'v1')).toBe(digest)
  await vi.waitUntil(async () => (await statusesOf('other/app', 'v1'))?.[0]?.status === 'FAILED', 30_000)
})
