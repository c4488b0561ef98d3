import { expect, test } from 'vitest'
import { LimitExceededError } from '../../core/errors.ts'
import { ManifestAllowance } from './manifest-allowance.ts'

const mebibyte = 1024 * 1024

test('one response may carry 32 MiB of manifests and not a byte more', () => {
  const allowance = new ManifestAllowance()
  for (let taken = 0; taken < 8; taken += 1) allowance.take(4 * mebibyte)
  expect(() => allowance.take(1)).toThrow(LimitExceededError)
})
