import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rootOf } from '../../access/principal.ts'
import { createRepository } from './create-repository.ts'
import { describeRegistry } from './describe-registry.ts'
import { describeRepositories } from './describe-repositories.ts'
import { getAuthorizationToken } from './get-authorization-token.ts'
import { putImage } from './put-image.ts'
import { type EcrDesk, openEcrDesk, ourAccount, theirAccount } from './testing/ecr-desk.ts'
import { sampleImage } from './testing/sample-image.ts'

let desk: EcrDesk
beforeAll(async () => {
  desk = await openEcrDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

const twelveHoursLater = new Date('2026-03-01T20:00:00Z')

describe('GetAuthorizationToken', () => {
  test('gives a token for the registry of the caller, in the region of the call', async () => {
    const { authorizationData = [] } = await desk.ask(getAuthorizationToken, {}, { region: 'eu-west-2' })
    expect(authorizationData).toMatchObject([
      { proxyEndpoint: 'http://localhost:4566', expiresAt: twelveHoursLater },
    ])
    expect(readToken(authorizationData[0]?.authorizationToken)).toEqual({
      state: 'valid',
      principal: rootOf(ourAccount),
      registry: { account: ourAccount, region: 'eu-west-2' },
    })
  })

  test('gives a token for each registry asked for, all of them saying who asked', async () => {
    const registryIds = [theirAccount, ourAccount]
    const { authorizationData = [] } = await desk.ask(getAuthorizationToken, { registryIds })
    expect(authorizationData.map(({ authorizationToken }) => readToken(authorizationToken))).toEqual(
      registryIds.map((account) => ({
        state: 'valid',
        principal: rootOf(ourAccount),
        registry: { account, region: 'us-east-1' },
      })),
    )
  })

  test('gives a token that splits into exactly a user name and a password', async () => {
    const { authorizationData = [] } = await desk.ask(getAuthorizationToken, {})
    expect(decode(authorizationData[0]?.authorizationToken).split(':')).toHaveLength(2)
  })

  function readToken(token: string | undefined) {
    const [user, password = ''] = decode(token).split(':')
    expect(user).toBe('AWS')
    return desk.context.tokens.read(password)
  }

  function decode(token = ''): string {
    return Buffer.from(token, 'base64').toString()
  }
})

test('a registry that replicates nothing has no rules', async () => {
  expect(await desk.ask(describeRegistry, {})).toEqual({
    registryId: ourAccount,
    replicationConfiguration: { rules: [] },
  })
})

describe('another account', () => {
  const them = { caller: rootOf(theirAccount) }

  test('has a registry of its own, where the same name is another repository', async () => {
    await desk.ask(createRepository, { repositoryName: 'shared' })
    const { repository } = await desk.ask(createRepository, { repositoryName: 'shared' }, them)
    expect(repository?.repositoryArn).toBe('arn:aws:ecr:us-east-1:444455556666:repository/shared')
    const { repositories = [] } = await desk.ask(describeRepositories, {}, them)
    expect(repositories.map(({ registryId }) => registryId)).toEqual([theirAccount])
  })

  test('is denied ours, in the words of IAM, whether the repository exists or not', async () => {
    for (const repositoryName of ['shared', 'gone']) {
      const input = { registryId: ourAccount, repositoryName, imageManifest: sampleImage('one').manifest }
      await expect(desk.ask(putImage, input, them)).rejects.toMatchObject({
        name: 'AccessDeniedError',
        message: `User: arn:aws:iam::444455556666:root is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/${repositoryName} because no resource-based policy allows the ecr:PutImage action`,
      })
    }
  })

  test('is denied a list of ours', async () => {
    await expect(desk.ask(describeRepositories, { registryId: ourAccount }, them)).rejects.toThrow(
      'User: arn:aws:iam::444455556666:root is not authorized to perform: ecr:DescribeRepositories on resource: arn:aws:ecr:us-east-1:111122223333:repository/* because no resource-based policy allows the ecr:DescribeRepositories action',
    )
  })

  test('can be named by ourselves for our own', async () => {
    const { repositories = [] } = await desk.ask(describeRepositories, { registryId: ourAccount })
    expect(repositories.map(({ registryId }) => registryId)).toEqual([ourAccount])
  })
})
