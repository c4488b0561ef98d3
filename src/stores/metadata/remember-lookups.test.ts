import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { parseTag } from '../../core/names/tag.ts'
import { rememberLookups } from './remember-lookups.ts'
import { openSqliteMetadata } from './sqlite.ts'
import { addImage, addRepository, noon } from './testing/metadata-world.ts'

const tag = parseTag('v1')

test('what was read before a write is not remembered after it', async () => {
  await using folder = await temporaryFolder()
  await using stored = await openSqliteMetadata({ file: join(folder.path, 'metadata.db') })
  const repository = await addRepository(stored)
  const before = await addImage(stored, repository, 'one', { tags: ['v1'] })
  const after = await addImage(stored, repository, 'two')
  const written = Promise.withResolvers<void>()
  const find = async (repositoryId: number, name: typeof tag) => {
    const found = await stored.tags.find(repositoryId, name)
    await written.promise
    return found
  }
  const store = rememberLookups({ ...stored, tags: { ...stored.tags, find } })
  const early = store.tags.find(repository, tag)
  await store.write((tx) => tx.tags.put(repository, tag, after, noon))
  written.resolve()
  expect(await early).toBe(before)
  expect(await store.tags.find(repository, tag)).toBe(after)
})

test('a write that fails forgets as well, since part of it may have been done', async () => {
  await using folder = await temporaryFolder()
  await using stored = await openSqliteMetadata({ file: join(folder.path, 'metadata.db') })
  const repository = await addRepository(stored)
  await addImage(stored, repository, 'one', { tags: ['v1'] })
  let asked = 0
  const find = (repositoryId: number, name: typeof tag) => {
    asked++
    return stored.tags.find(repositoryId, name)
  }
  const store = rememberLookups({ ...stored, tags: { ...stored.tags, find } })
  const lookTwice = async () => [
    await store.tags.find(repository, tag),
    await store.tags.find(repository, tag),
  ]
  await lookTwice()
  expect(asked).toBe(1)
  await expect(store.write(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await lookTwice()
  expect(asked).toBe(2)
})
