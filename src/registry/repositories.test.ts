import { describe, expect, test } from 'vitest'
import { osvRecord } from '../../tests/support/advisories.ts'
import { LimitExceededError } from '../core/errors.ts'
import {
  InvalidTagParameterError,
  RepositoryAlreadyExistsError,
  RepositoryNotEmptyError,
  RepositoryNotFoundError,
  TooManyTagsError,
} from '../core/repositories/errors.ts'
import { updateJob } from '../core/scanning/advisory-update.ts'
import { createRepository } from './create-repository.ts'
import { deleteRepository } from './delete-repository.ts'
import { findRepository } from './find-repository.ts'
import { putResourceTags } from './put-resource-tags.ts'
import { removeResourceTags } from './remove-resource-tags.ts'
import { resetRegistry } from './reset-registry.ts'
import { importAdvisories } from './scans/import-advisories.ts'
import { putScanningConfiguration } from './scans/put-scanning-configuration.ts'
import { setScanOnPush } from './set-scan-on-push.ts'
import { setTagMutability } from './set-tag-mutability.ts'
import { imageOf, pushImage, pushManifest } from './testing/test-images.ts'
import { immutable, keyOf, makeRepository, mutable, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')

describe('a repository', () => {
  test('is found as it was created', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const settings = {
      tagMutability: { mode: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['dev*', '*-x'] },
      scanOnPush: true,
      encryption: { type: 'KMS', kmsKey: 'arn:aws:kms:us-east-1:000000000000:key/k' },
    } as const
    const resourceTags = new Map([['team', 'blue']])
    const created = await createRepository(registry, { key, ...settings, resourceTags })
    expect(created).toMatchObject({ ...key, ...settings, createdAt: registry.now() })
    expect(await findRepository(registry, key)).toEqual(created)
    expect(await registry.metadata.resourceTags.of(created.id)).toEqual(resourceTags)
  })

  test('is created once', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await expect(makeRepository(world.registry, key, immutable)).rejects.toThrow(
      new RepositoryAlreadyExistsError(key),
    )
    expect(await findRepository(world.registry, key)).toMatchObject({ tagMutability: mutable })
  })

  test('is created once when many ask at the same time', async () => {
    await using world = await openTestRegistry()
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, () => makeRepository(world.registry, key)),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is another in another account and in another region', async () => {
    await using world = await openTestRegistry()
    const namesakes = [keyOf('team/app', '111122223333'), keyOf('team/app', '000000000000', 'eu-central-1')]
    await makeRepository(world.registry, key)
    for (const namesake of namesakes) {
      await expect(findRepository(world.registry, namesake)).rejects.toThrow(
        new RepositoryNotFoundError(namesake),
      )
      await makeRepository(world.registry, namesake, immutable)
    }
    expect(await findRepository(world.registry, key)).toMatchObject({ tagMutability: mutable })
  })

  test('is refused beyond the quota of its registry, and the name stays free', async () => {
    await using world = await openTestRegistry({ quotas: { repositoriesPerRegistry: 1 } })
    const second = keyOf('team/second')
    await makeRepository(world.registry, key)
    await expect(makeRepository(world.registry, second)).rejects.toThrow(LimitExceededError)
    await expect(makeRepository(world.registry, key)).rejects.toThrow(RepositoryAlreadyExistsError)
    await expect(findRepository(world.registry, second)).rejects.toThrow(RepositoryNotFoundError)
    await makeRepository(world.registry, keyOf('team/second', '111122223333'))
  })

  test('has its new settings as soon as they are set, whatever was read before', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await findRepository(world.registry, key)
    await setTagMutability(world.registry, key, immutable)
    await setScanOnPush(world.registry, key, true)
    const found = await findRepository(world.registry, key)
    expect(found).toMatchObject({ tagMutability: immutable, scanOnPush: true })
  })

  test('that another process changed is seen when the caches are older than their lifetime', async () => {
    await using world = await openTestRegistry()
    await using other = world.sibling({ cacheTtl: 5_000 })
    await makeRepository(world.registry, key)
    await findRepository(other, key)
    await setTagMutability(world.registry, key, immutable)
    world.pass(5_001)
    expect(await findRepository(other, key)).toMatchObject({ tagMutability: immutable })
  })

  test('with an image is deleted only when its images may go too', async () => {
    await using world = await openTestRegistry()
    const created = await makeRepository(world.registry, key)
    await pushImage(world.registry, key, 'a')
    await expect(deleteRepository(world.registry, key, { images: 'refuse' })).rejects.toThrow(
      new RepositoryNotEmptyError(key),
    )
    expect(await deleteRepository(world.registry, key, { images: 'delete' })).toEqual(created)
    await expect(findRepository(world.registry, key)).rejects.toThrow(RepositoryNotFoundError)
  })

  test('made again under its old name starts empty', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await putResourceTags(world.registry, key, new Map([['team', 'blue']]))
    await pushImage(world.registry, key, 'a', { tag: 'v1' })
    await deleteRepository(world.registry, key, { images: 'delete' })
    const { id } = await makeRepository(world.registry, key)
    expect(await world.registry.metadata.images.count(id)).toBe(0)
    expect(await world.registry.metadata.resourceTags.of(id)).toEqual(new Map())
    await expect(pushManifest(world.registry, key, imageOf('a'))).rejects.toThrow('do not exist')
  })

  test('that does not exist can neither be changed nor deleted', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    for (const attempt of [
      () => deleteRepository(registry, key, { images: 'refuse' }),
      () => setTagMutability(registry, key, mutable),
      () => setScanOnPush(registry, key, true),
      () => putResourceTags(registry, key, new Map([['team', 'blue']])),
      () => removeResourceTags(registry, key, ['team']),
    ]) {
      await expect(attempt()).rejects.toThrow(new RepositoryNotFoundError(key))
    }
  })
})

describe('resource tags', () => {
  test('are added, overwritten and removed', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { id } = await makeRepository(registry, key)
    await putResourceTags(
      registry,
      key,
      new Map([
        ['team', 'blue'],
        ['cost', '7'],
      ]),
    )
    await putResourceTags(
      registry,
      key,
      new Map([
        ['team', 'red'],
        ['tier', ''],
      ]),
    )
    await removeResourceTags(registry, key, ['cost', 'unknown'])
    const tags = await registry.metadata.resourceTags.of(id)
    expect(Object.fromEntries(tags)).toEqual({ team: 'red', tier: '' })
  })

  test('are refused as a whole', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const fifty = new Map(Array.from({ length: 50 }, (_, at) => [`key${at}`, 'value']))
    const { id } = await makeRepository(registry, key)
    await putResourceTags(registry, key, fifty)
    await expect(
      putResourceTags(
        registry,
        key,
        new Map([
          ['key1', 'x'],
          ['new', 'x'],
        ]),
      ),
    ).rejects.toThrow(TooManyTagsError)
    await expect(
      putResourceTags(
        registry,
        key,
        new Map([
          ['key1', 'x'],
          ['aws:x', 'x'],
        ]),
      ),
    ).rejects.toThrow(InvalidTagParameterError)
    expect(await registry.metadata.resourceTags.of(id)).toEqual(fifty)
  })

  test('that are refused leave no repository behind', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const wanted = { key, tagMutability: mutable, scanOnPush: false, encryption: { type: 'AES256' } } as const
    const tooMany = new Map(Array.from({ length: 51 }, (_, at) => [`key${at}`, 'value']))
    for (const resourceTags of [tooMany, new Map([['aws:x', 'x']])]) {
      await expect(createRepository(registry, { ...wanted, resourceTags })).rejects.toThrow()
    }
    await expect(findRepository(registry, key)).rejects.toThrow(RepositoryNotFoundError)
  })
})

test('a reset leaves no repository of any account, also where caches knew it', async () => {
  await using world = await openTestRegistry()
  const keys = [key, keyOf('team/app', '111122223333'), keyOf('team/app', '000000000000', 'eu-central-1')]
  for (const each of keys) {
    await makeRepository(world.registry, each)
    await pushImage(world.registry, each, 'a', { tag: 'v1' })
  }
  await resetRegistry(world.registry)
  for (const each of keys) {
    await expect(findRepository(world.registry, each)).rejects.toThrow(new RepositoryNotFoundError(each))
  }
})

test('a reset leaves no advisories, no downloads of them, and no word of how registries are scanned', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  const { metadata } = registry
  await importAdvisories(registry, [osvRecord('GHSA-1', [{ ecosystem: 'npm', name: 'left-pad' }])])
  await metadata.write((tx) => tx.jobs.add(updateJob('npm'), registry.now()))
  await putScanningConfiguration(registry, key, { type: 'ENHANCED', rules: [] })
  await resetRegistry(registry)
  expect(await metadata.advisories.feeds()).toEqual([])
  expect(await metadata.advisories.entries(['npm'], ['left-pad'])).toEqual([])
  expect(await metadata.jobs.find(updateJob('npm'))).toBeUndefined()
  expect(await metadata.scans.configuration(key)).toBeUndefined()
})
