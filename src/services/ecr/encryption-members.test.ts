import { expect, test } from 'vitest'
import { KmsNotOfferedError, readEncryption } from './encryption-members.ts'

test('a repository is AES256 unless the request says otherwise', () => {
  expect(readEncryption(undefined)).toEqual({ type: 'AES256' })
  expect(readEncryption({ encryptionType: 'AES256' })).toEqual({ type: 'AES256' })
})

test.each([
  { encryptionType: 'KMS' },
  { encryptionType: 'KMS', kmsKey: 'alias/images' },
  { encryptionType: 'KMS_DSSE' },
] as const)('%j is refused, since there is no KMS to keep the promise', (wanted) => {
  expect(() => readEncryption(wanted)).toThrow(KmsNotOfferedError)
})

test('AES256 takes no key', () => {
  expect(() => readEncryption({ encryptionType: 'AES256', kmsKey: 'alias/images' })).toThrow(
    "Invalid parameter at 'encryptionConfiguration' failed to satisfy constraint: 'KmsKey must be null when encryptionType is AES256'",
  )
})
