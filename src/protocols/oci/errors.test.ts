import { expect, test } from 'vitest'
import * as errors from '../../core/errors.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { refusalFor } from './errors.ts'
import { OciError } from './refusal.ts'

/** What this protocol's use cases never throw: repositories and their settings belong to the JSON API, and so do parts. */
const elsewhere = [
  'DomainError',
  'RepositoryAlreadyExistsError',
  'RepositoryNotEmptyError',
  'ImageAlreadyExistsError',
  'ImageTagDoesNotMatchDigestError',
  'LayerAlreadyExistsError',
  'LayerInaccessibleError',
  'LayerPartTooSmallError',
  'TooManyTagsError',
  'InvalidTagParameterError',
]

test.each(Object.keys(errors).filter((name) => !elsewhere.includes(name)))('%s has an answer', (name) => {
  class Example extends errors.DomainError {
    override readonly name = name
  }
  expect(refusalFor(new Example('why'))).toMatchObject({
    status: expect.any(Number),
    code: expect.any(String),
  })
})

test('a missing image is missed in the words of this wire', () => {
  const repository = { account: parseAccountId('111122223333'), name: parseRepositoryName('team/app') }
  const error = new errors.ImageNotFoundError(repository, { tag: 'v1' })
  expect(refusalFor(error)).toEqual({
    status: 404,
    code: 'MANIFEST_UNKNOWN',
    message: 'Requested image not found',
  })
})

test("the protocol's own refusals are answered as they are", () => {
  const refusal = { status: 416, code: 'RANGE_INVALID', message: 'no', headers: { range: '0-4' } } as const
  expect(refusalFor(new OciError(refusal))).toBe(refusal)
})

test.each([new Error('bug'), new TypeError('bug'), 'text', undefined])(
  '%s is expected by nobody',
  (thrown) => {
    expect(refusalFor(thrown)).toBeUndefined()
  },
)
