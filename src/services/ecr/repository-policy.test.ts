import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rootOf } from '../../access/principal.ts'
import { InvalidParameterError } from '../../core/errors.ts'
import {
  AccessDeniedError,
  RegistryPolicyNotFoundError,
  RepositoryPolicyNotFoundError,
} from '../../core/policies/errors.ts'
import { RepositoryNotFoundError } from '../../core/repositories/errors.ts'
import { createRepository } from './create-repository.ts'
import { deleteRegistryPolicy } from './delete-registry-policy.ts'
import { deleteRepository } from './delete-repository.ts'
import { deleteRepositoryPolicy } from './delete-repository-policy.ts'
import { describeImages } from './describe-images.ts'
import { describeRepositories } from './describe-repositories.ts'
import { getAccountSetting } from './get-account-setting.ts'
import { getRegistryPolicy } from './get-registry-policy.ts'
import { getRepositoryPolicy } from './get-repository-policy.ts'
import { putAccountSetting } from './put-account-setting.ts'
import { putRegistryPolicy } from './put-registry-policy.ts'
import { setRepositoryPolicy } from './set-repository-policy.ts'
import { tagResource } from './tag-resource.ts'
import { type EcrDesk, openEcrDesk, ourAccount, theirAccount } from './testing/ecr-desk.ts'

const repositoryName = 'team/app'
const named = { registryId: ourAccount, repositoryName }
const them = { caller: rootOf(theirAccount) }
const forThem = { Effect: 'Allow', Principal: { AWS: theirAccount }, Action: 'ecr:*' }
const denyAll = { Effect: 'Deny', Principal: '*', Action: 'ecr:*' }

let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
})
afterEach(() => desk[Symbol.asyncDispose]())

function textOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

function set(statement: object, more: { readonly force?: boolean } = {}) {
  return desk.ask(setRepositoryPolicy, { repositoryName, policyText: textOf(statement), ...more })
}

describe("a repository's policy", () => {
  test('is there from its put to its deletion, and each tells the whole of it', async () => {
    await expect(desk.ask(getRepositoryPolicy, { repositoryName })).rejects.toThrow(
      RepositoryPolicyNotFoundError,
    )
    const put = await set(forThem)
    expect(put).toMatchObject(named)
    expect(JSON.parse(put.policyText ?? '')).toMatchObject({
      Statement: [{ Principal: { AWS: `arn:aws:iam::${theirAccount}:root` } }],
    })
    expect(await desk.ask(getRepositoryPolicy, { repositoryName })).toEqual(put)
    expect(await desk.ask(deleteRepositoryPolicy, { repositoryName })).toEqual(put)
    await expect(desk.ask(deleteRepositoryPolicy, { repositoryName })).rejects.toThrow(
      "Repository policy does not exist for the repository with name 'team/app' in the registry with id '111122223333'",
    )
  })

  test('goes with its repository, and does not come back with its name', async () => {
    await set(forThem)
    await desk.ask(describeImages, named, them)
    await desk.ask(deleteRepository, { repositoryName })
    await desk.ask(createRepository, { repositoryName })
    await expect(desk.ask(describeImages, named, them)).rejects.toThrow(AccessDeniedError)
    await expect(desk.ask(getRepositoryPolicy, { repositoryName })).rejects.toThrow(
      RepositoryPolicyNotFoundError,
    )
  })

  test('lets another account in at once, and out at once', async () => {
    await expect(desk.ask(describeImages, named, them)).rejects.toThrow(AccessDeniedError)
    await set(forThem)
    expect(await desk.ask(describeImages, named, them)).toMatchObject({ imageDetails: [] })
    await desk.ask(deleteRepositoryPolicy, { repositoryName })
    await expect(desk.ask(describeImages, named, them)).rejects.toThrow(AccessDeniedError)
  })

  test('tells those who may not look nothing about what is there', async () => {
    const denied = (name: string) =>
      desk.ask(describeImages, { ...named, repositoryName: name }, them).then(
        () => 'allowed',
        (error: Error) => error.message.replaceAll(name, 'NAME'),
      )
    expect(await denied(repositoryName)).toBe(await denied('nowhere'))
  })

  test('denies the whole of a call that names one repository too many', async () => {
    await desk.ask(createRepository, { repositoryName: 'other' })
    await set(forThem)
    const both = { registryId: ourAccount, repositoryNames: [repositoryName, 'other'] }
    await expect(desk.ask(describeRepositories, both, them)).rejects.toThrow('repository/other because')
  })

  test('follows the tags of its repository', async () => {
    await set({ ...forThem, Condition: { StringEquals: { 'ecr:ResourceTag/shared': 'yes' } } })
    await expect(desk.ask(describeImages, named, them)).rejects.toThrow(AccessDeniedError)
    const resourceArn = `arn:aws:ecr:us-east-1:${ourAccount}:repository/${repositoryName}`
    await desk.ask(tagResource, { resourceArn, tags: [{ Key: 'shared', Value: 'yes' }] })
    await desk.ask(describeImages, named, them)
  })

  test('is refused when it is none, and the one before stays', async () => {
    await set(forThem)
    const nonsense = desk.ask(setRepositoryPolicy, { repositoryName, policyText: '{}' })
    await expect(nonsense).rejects.toThrow(
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    )
    await desk.ask(describeImages, named, them)
  })

  test('needs a repository', async () => {
    const input = { repositoryName: 'nowhere', policyText: textOf(forThem) }
    await expect(desk.ask(setRepositoryPolicy, input)).rejects.toThrow(RepositoryNotFoundError)
  })

  test('that locks out who puts it is refused without force, and can then be removed by the root alone', async () => {
    await expect(set(denyAll)).rejects.toThrow(InvalidParameterError)
    await set(denyAll, { force: true })
    await expect(desk.ask(describeImages, named)).rejects.toThrow(AccessDeniedError)
    await expect(set(forThem)).rejects.toThrow(AccessDeniedError)
    await desk.ask(deleteRepositoryPolicy, { repositoryName })
    await desk.ask(describeImages, named)
  })

  test('can lock out others without force', async () => {
    await set({ ...denyAll, Action: 'ecr:BatchGetImage' })
    await set({ ...denyAll, Principal: { AWS: theirAccount } })
  })

  test('put by another account must go on letting it', async () => {
    await set(forThem)
    const put = (statement: object, force: boolean) =>
      desk.ask(setRepositoryPolicy, { ...named, policyText: textOf(statement), force }, them)
    await expect(put({ ...forThem, Action: 'ecr:BatchGetImage' }, false)).rejects.toThrow(
      InvalidParameterError,
    )
    await put({ ...forThem, Action: 'ecr:BatchGetImage' }, true)
    await expect(put(forThem, false)).rejects.toThrow(AccessDeniedError)
  })
})

describe("the registry's policy", () => {
  const statement = { ...forThem, Resource: '*' }

  test('is there from its put to its deletion', async () => {
    await expect(desk.ask(getRegistryPolicy, {})).rejects.toThrow(
      new RegistryPolicyNotFoundError({ account: ourAccount }),
    )
    const put = await desk.ask(putRegistryPolicy, { policyText: textOf(statement) })
    expect(put.registryId).toBe(ourAccount)
    expect(await desk.ask(getRegistryPolicy, {})).toEqual(put)
    await expect(desk.ask(getRegistryPolicy, {}, { region: 'eu-west-2' })).rejects.toThrow(
      RegistryPolicyNotFoundError,
    )
    await desk.ask(describeImages, named, them)
    expect(await desk.ask(deleteRegistryPolicy, {})).toEqual(put)
    await expect(desk.ask(describeImages, named, them)).rejects.toThrow(AccessDeniedError)
    await expect(desk.ask(deleteRegistryPolicy, {})).rejects.toThrow(RegistryPolicyNotFoundError)
  })

  test('may let another account create repositories', async () => {
    await desk.ask(putRegistryPolicy, {
      policyText: textOf({ ...statement, Action: 'ecr:CreateRepository' }),
    })
    const key = { ...named, repositoryName: 'theirs' }
    expect(await desk.ask(createRepository, key, them)).toMatchObject({
      repository: { registryId: ourAccount },
    })
  })

  test('with scope V1 knows three actions, and so it does for a policy from before', async () => {
    await desk.ask(putRegistryPolicy, { policyText: textOf(statement) })
    await desk.ask(putAccountSetting, { name: 'REGISTRY_POLICY_SCOPE', value: 'V1' })
    await expect(desk.ask(describeImages, named, them)).rejects.toThrow(AccessDeniedError)
    const wide = desk.ask(putRegistryPolicy, { policyText: textOf(statement) })
    await expect(wide).rejects.toThrow('Invalid registry policy provided')
    await desk.ask(putAccountSetting, { name: 'REGISTRY_POLICY_SCOPE', value: 'V2' })
    await desk.ask(describeImages, named, them)
  })
})

describe('account settings', () => {
  test.each([
    ['BASIC_SCAN_TYPE_VERSION', 'AWS_NATIVE'],
    ['BLOB_MOUNTING', 'ENABLED'],
    ['REGISTRY_POLICY_SCOPE', 'V2'],
  ])('%s is %s until it is put', async (name, value) => {
    expect(await desk.ask(getAccountSetting, { name })).toEqual({ name, value })
  })

  test('are put for one region', async () => {
    const setting = { name: 'BLOB_MOUNTING', value: 'DISABLED' }
    expect(await desk.ask(putAccountSetting, setting)).toEqual(setting)
    expect(await desk.ask(getAccountSetting, { name: 'BLOB_MOUNTING' })).toEqual(setting)
    const elsewhere = await desk.ask(getAccountSetting, { name: 'BLOB_MOUNTING' }, { region: 'eu-west-2' })
    expect(elsewhere.value).toBe('ENABLED')
  })

  test.each([
    [{ name: 'COLOUR', value: 'BLUE' }, "'name'"],
    [{ name: 'BLOB_MOUNTING', value: 'enabled' }, "'value'"],
    [{ name: 'BASIC_SCAN_TYPE_VERSION', value: 'CLAIR' }, "'value'"],
    [{ name: 'toString', value: 'x' }, "'name'"],
  ])('%j is refused', async (setting, place) => {
    await expect(desk.ask(putAccountSetting, setting)).rejects.toThrow(`Invalid parameter at ${place}`)
  })
})
