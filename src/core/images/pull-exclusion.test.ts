import { expect, test } from 'vitest'
import { isExcludedFromPullTimes } from './pull-exclusion.ts'

const exclusions = [
  'arn:aws:iam::111122223333:role/ci/scanner',
  'arn:aws:iam::111122223333:user/backup',
  'arn:aws-cn:iam::111122223333:role/mirror',
]

test.each([
  ['a user by its ARN', 'arn:aws:iam::111122223333:user/backup', true],
  ['a role by its ARN', 'arn:aws:iam::111122223333:role/ci/scanner', true],
  ['a session of a role, whatever its path', 'arn:aws:sts::111122223333:assumed-role/scanner/nightly', true],
  ['a session in another partition', 'arn:aws-cn:sts::111122223333:assumed-role/mirror/x', true],
  [
    'a session of a role of the same name elsewhere',
    'arn:aws:sts::444455556666:assumed-role/scanner/x',
    false,
  ],
  ['a session of a role in another partition', 'arn:aws:sts::111122223333:assumed-role/mirror/x', false],
  ['a session named like a user', 'arn:aws:sts::111122223333:assumed-role/backup/x', false],
  ['somebody else', 'arn:aws:iam::111122223333:user/developer', false],
  ['the root', 'arn:aws:iam::111122223333:root', false],
] as const)('%s', (_, arn, excluded) => {
  expect(isExcludedFromPullTimes(exclusions, arn)).toBe(excluded)
})
