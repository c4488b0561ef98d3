import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { digestOf } from '../names/digest.ts'
import { ImageStorageClassUpdateNotSupportedError } from './errors.ts'
import type { StorageClass, StorageState } from './storage.ts'
import { checkStorageChange } from './storage-change.ts'

const digest = digestOf('sha256', createHash('sha256').update('image').digest('hex'))
const index = digestOf('sha256', createHash('sha256').update('index').digest('hex'))

const check = (storage: StorageState, target: StorageClass, indexes = [] as (typeof digest)[]) =>
  checkStorageChange({ digest, storage, target, indexes })

test.each([
  ['ACTIVE', 'ARCHIVE'],
  ['ARCHIVED', 'STANDARD'],
] as const)('an image that is %s may go to %s', (storage, target) => {
  expect(() => check(storage, target)).not.toThrow()
})

test.each([
  ['ACTIVE', 'STANDARD', 'is not archived'],
  ['ARCHIVED', 'ARCHIVE', 'is archived already'],
  ['ACTIVATING', 'ARCHIVE', 'is being restored'],
  ['ACTIVATING', 'STANDARD', 'is being restored'],
] as const)('an image that is %s may not go to %s', (storage, target, reason) => {
  expect(() => check(storage, target)).toThrow(ImageStorageClassUpdateNotSupportedError)
  expect(() => check(storage, target)).toThrow(reason)
})

test('an image that an index lists goes after the index, and comes back on its own', () => {
  expect(() => check('ACTIVE', 'ARCHIVE', [index])).toThrow(`is referenced by manifest list: [${index}]`)
  expect(() => check('ARCHIVED', 'STANDARD', [index])).not.toThrow()
})
