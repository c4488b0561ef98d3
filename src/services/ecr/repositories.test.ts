import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRepository } from './create-repository.ts'
import { deleteRepository } from './delete-repository.ts'
import { describeRepositories } from './describe-repositories.ts'
import { putImageScanningConfiguration } from './put-image-scanning-configuration.ts'
import { putImageTagMutability } from './put-image-tag-mutability.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import { pushImage, sampleImage } from './testing/sample-image.ts'

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const repositoryName = 'team/app'
const missing = "The repository with name 'team/app' does not exist in the registry with id '111122223333'"

describe('CreateRepository', () => {
  test("answers with the repository and all of ECR's defaults", async () => {
    expect(await desk.ask(createRepository, { repositoryName })).toEqual({
      repository: {
        repositoryArn: 'arn:aws:ecr:us-east-1:111122223333:repository/team/app',
        registryId: '111122223333',
        repositoryName: 'team/app',
        repositoryUri: 'localhost:4566/team/app',
        createdAt: new Date('2026-03-01T08:00:00Z'),
        imageTagMutability: 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: false },
        encryptionConfiguration: { encryptionType: 'AES256' },
      },
    })
  })

  test('keeps every setting it is given', async () => {
    const settings = {
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
    } as const
    await desk.ask(createRepository, { repositoryName, ...settings })
    const { repositories } = await desk.ask(describeRepositories, { repositoryNames: [repositoryName] })
    expect(repositories).toMatchObject([settings])
  })

  test('fails the second time, even with the same settings', async () => {
    await desk.ask(createRepository, { repositoryName })
    await expect(desk.ask(createRepository, { repositoryName })).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsError',
      message: "The repository with name 'team/app' already exists in the registry with id '111122223333'",
    })
  })

  test('creates nothing when a KMS key is asked for', async () => {
    const encryptionConfiguration = { encryptionType: 'KMS', kmsKey: 'alias/images' } as const
    await expect(desk.ask(createRepository, { repositoryName, encryptionConfiguration })).rejects.toThrow(
      'Encryption with KMS keys is not offered by this registry. Use the encryption type AES256.',
    )
    expect(await desk.ask(describeRepositories, {})).toEqual({ repositories: [] })
  })

  test('refuses filters that the mode has no use for, and modes without their filters', async () => {
    const filters = [{ filterType: 'WILDCARD', filter: 'v*' }] as const
    const field = "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: "
    await expect(
      desk.ask(createRepository, { repositoryName, imageTagMutabilityExclusionFilters: filters }),
    ).rejects.toThrow(field)
    await expect(
      desk.ask(createRepository, { repositoryName, imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION' }),
    ).rejects.toThrow(
      `${field}'ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION'`,
    )
  })

  test.each(['Team/app', 'a..b', 'a//b', 'a-', '../etc', 'x'])('refuses the name %j', async (name) => {
    await expect(desk.ask(createRepository, { repositoryName: name })).rejects.toThrow(
      "Invalid parameter at 'repositoryName' failed to satisfy constraint: '",
    )
  })
})

describe('DescribeRepositories', () => {
  test('lists the repositories of this registry alone, by name, without any at first', async () => {
    expect(await desk.ask(describeRepositories, {})).toEqual({ repositories: [] })
    for (const name of ['web', 'api', 'team/web']) await desk.ask(createRepository, { repositoryName: name })
    await desk.ask(createRepository, { repositoryName: 'elsewhere' }, { region: 'eu-west-2' })
    const { repositories = [] } = await desk.ask(describeRepositories, {})
    expect(repositories.map((repository) => repository.repositoryName)).toEqual(['api', 'team/web', 'web'])
  })

  test('gives page after page until there is no more', async () => {
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5'])
      await desk.ask(createRepository, { repositoryName: name })
    const pages: (string | undefined)[][] = []
    let page: { nextToken?: string } = {}
    do {
      const { repositories = [], nextToken } = await desk.ask(describeRepositories, {
        maxResults: 2,
        ...page,
      })
      pages.push(repositories.map((repository) => repository.repositoryName))
      page = nextToken === undefined ? {} : { nextToken }
    } while (page.nextToken !== undefined)
    expect(pages).toEqual([['a1', 'a2'], ['a3', 'a4'], ['a5']])
  })

  test('describes those named in the order named', async () => {
    for (const name of ['web', 'api']) await desk.ask(createRepository, { repositoryName: name })
    const { repositories = [] } = await desk.ask(describeRepositories, { repositoryNames: ['web', 'api'] })
    expect(repositories.map((repository) => repository.repositoryName)).toEqual(['web', 'api'])
  })

  test('fails for the first name that does not exist', async () => {
    await desk.ask(createRepository, { repositoryName: 'web' })
    const repositoryNames = ['web', 'team/app', 'gone']
    await expect(desk.ask(describeRepositories, { repositoryNames })).rejects.toThrow(missing)
  })

  test.each([
    [{ maxResults: 5 }, 'maxResults'],
    [{ nextToken: '"a"' }, 'nextToken'],
  ])('names and %j exclude each other', async (paging, member) => {
    await desk.ask(createRepository, { repositoryName })
    const input = { repositoryNames: [repositoryName], ...paging }
    await expect(desk.ask(describeRepositories, input)).rejects.toThrow(
      `Invalid parameter at '${member}' failed to satisfy constraint: 'Member must be null when repositoryNames is specified'`,
    )
  })

  test.each(['7', '{}', '"../x"', 'null'])('refuses a page token that holds %s', async (nextToken) => {
    await expect(desk.ask(describeRepositories, { nextToken })).rejects.toThrow(
      "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid next token'",
    )
  })
})

describe('DeleteRepository', () => {
  test('answers with what the repository was, and it is gone', async () => {
    const created = await desk.ask(createRepository, { repositoryName })
    expect(await desk.ask(deleteRepository, { repositoryName })).toEqual(created)
    await expect(desk.ask(deleteRepository, { repositoryName })).rejects.toThrow(missing)
  })

  test('is stopped by an image, unless forced', async () => {
    await desk.ask(createRepository, { repositoryName })
    await pushImage(desk, repositoryName, sampleImage('one'))
    await expect(desk.ask(deleteRepository, { repositoryName, force: false })).rejects.toThrow(
      "The repository with name 'team/app' in registry with id '111122223333' cannot be deleted because it still contains images",
    )
    await desk.ask(deleteRepository, { repositoryName, force: true })
    expect(await desk.ask(describeRepositories, {})).toEqual({ repositories: [] })
  })
})

describe('PutImageTagMutability', () => {
  test('replaces the setting and its filters together', async () => {
    await desk.ask(createRepository, { repositoryName })
    const filters = {
      imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }],
    } as const
    const echo = { registryId: '111122223333', repositoryName }
    expect(await desk.ask(putImageTagMutability, { repositoryName, ...filters })).toEqual({
      ...echo,
      ...filters,
    })
    const plain = { imageTagMutability: 'IMMUTABLE' } as const
    expect(await desk.ask(putImageTagMutability, { repositoryName, ...plain })).toEqual({ ...echo, ...plain })
    const { repositories = [] } = await desk.ask(describeRepositories, {})
    expect(repositories[0]).toMatchObject(plain)
    expect(repositories[0]).not.toHaveProperty('imageTagMutabilityExclusionFilters')
  })

  test('needs the repository to exist', async () => {
    const input = { repositoryName, imageTagMutability: 'IMMUTABLE' } as const
    await expect(desk.ask(putImageTagMutability, input)).rejects.toThrow(missing)
  })
})

describe('PutImageScanningConfiguration', () => {
  test('stores the flag and returns it', async () => {
    await desk.ask(createRepository, { repositoryName })
    const imageScanningConfiguration = { scanOnPush: true }
    expect(
      await desk.ask(putImageScanningConfiguration, { repositoryName, imageScanningConfiguration }),
    ).toEqual({
      registryId: '111122223333',
      repositoryName,
      imageScanningConfiguration,
    })
    const { repositories } = await desk.ask(describeRepositories, {})
    expect(repositories).toMatchObject([{ imageScanningConfiguration }])
  })

  test('needs the repository to exist', async () => {
    const input = { repositoryName, imageScanningConfiguration: {} }
    await expect(desk.ask(putImageScanningConfiguration, input)).rejects.toThrow(missing)
  })
})
