import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { isAccountId, parseAccountId } from './account-id.ts'
import { anyRepositoryArn, parseRepositoryArn, repositoryArn, rootArn } from './arn.ts'
import { parseRegion } from './region.ts'
import { parseRepositoryName } from './repository-name.ts'

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 })
const anyKey = fc.record({
  account: digits.map(parseAccountId),
  region: fc.stringMatching(/^[0-9a-z-]{2,25}$/).map(parseRegion),
  name: fc
    .stringMatching(/^[a-z0-9]{2,20}([._-][a-z0-9]{1,5}){0,3}(\/[a-z0-9]{1,9}){0,4}$/)
    .map(parseRepositoryName),
})

describe("a repository's ARN", () => {
  test('leads back to the repository', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        expect(parseRepositoryArn(repositoryArn(key))).toEqual(key)
      }),
    )
  })

  test.each([
    'arn:aws:ecr:us-east-1:000000000000:repository/',
    'arn:aws:ecr:us-east-1:000000000000:repository/a//b',
    'arn:aws:ecr:us-east-1:000000000000:image/team/app',
    'arn:aws:ecr:us-east-1:00000000000:repository/team/app',
    'arn:aws:ecr::000000000000:repository/team/app',
    'arn:aws:s3:us-east-1:000000000000:repository/team/app',
    'urn:aws:ecr:us-east-1:000000000000:repository/team/app',
    'arn:aws:ecr:us-east-1:000000000000:repository/team/app:x',
    'team/app',
    '',
  ])('is not %j', (text) => {
    expect(() => parseRepositoryArn(text)).toThrow(new InvalidParameterError('resourceArn', 'Invalid ARN'))
  })

  test('is refused or read, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(() => parseRepositoryArn(['arn', 'aws', 'ecr', ...parts].join(':'))).toThrow(
          InvalidParameterError,
        )
      }),
    )
  })
})

test('the ARNs of a registry and of an account name them', () => {
  const account = parseAccountId('111122223333')
  expect(anyRepositoryArn({ account, region: parseRegion('eu-central-1') })).toBe(
    'arn:aws:ecr:eu-central-1:111122223333:repository/*',
  )
  expect(rootArn(account)).toBe('arn:aws:iam::111122223333:root')
})

test('an account is twelve digits, a region two to 25 of its alphabet', () => {
  fc.assert(fc.property(digits, (text) => isAccountId(text)))
  for (const text of ['', '12345678901', '1234567890123', '12345678901a', '123456789012\n']) {
    expect(() => parseAccountId(text)).toThrow(InvalidParameterError)
  }
  for (const text of ['', 'a', 'EU-central-1', 'eu central', 'a'.repeat(26), '../..']) {
    expect(() => parseRegion(text)).toThrow(InvalidParameterError)
  }
})
