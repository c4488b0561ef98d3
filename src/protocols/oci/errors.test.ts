import { expect, test } from 'vitest'
import { DomainError } from '../../core/errors.ts'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { registryErrorNames } from '../../core/testing/registry-errors.ts'
import { refusalFor } from './errors.ts'
import { OciError } from './refusal.ts'

/** What this protocol's use cases never throw: repositories, their settings and policies belong to the JSON API, and so do parts. */
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
  'TemplateAlreadyExistsError',
  'TemplateNotFoundError',
  'RepositoryPolicyNotFoundError',
  'RegistryPolicyNotFoundError',
  'SigningConfigurationNotFoundError',
  'SigningKeyAlreadyExistsError',
  'SigningKeyNotFoundError',
  'ScanNotFoundError',
  'UnsupportedImageTypeError',
  'ImageArchivedError',
  'FeatureDisabledError',
  'ExclusionAlreadyExistsError',
  'ExclusionNotFoundError',
  'ImageStorageClassUpdateNotSupportedError',
  'LifecyclePolicyNotFoundError',
  'LifecyclePolicyPreviewNotFoundError',
  'LifecyclePolicyPreviewInProgressError',
  'PullThroughCacheRuleAlreadyExistsError',
  'PullThroughCacheRuleNotFoundError',
  'UnsupportedUpstreamRegistryError',
  'SecretNotFoundError',
  'UnableToAccessSecretError',
  'UnableToDecryptSecretValueError',
  'UpstreamReferrersError',
]

/** What an answer of 4xx may say (distribution spec, "Error Codes"). */
const specified = [
  'BLOB_UNKNOWN',
  'BLOB_UPLOAD_INVALID',
  'BLOB_UPLOAD_UNKNOWN',
  'DIGEST_INVALID',
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_UNKNOWN',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'SIZE_INVALID',
  'UNAUTHORIZED',
  'DENIED',
  'UNSUPPORTED',
  'TOOMANYREQUESTS',
]

test.each(registryErrorNames.filter((name) => !elsewhere.includes(name)))('%s has an answer', (name) => {
  class Example extends DomainError {
    override readonly name = name
  }
  expect(refusalFor(new Example('why'))).toMatchObject({
    status: expect.any(Number),
    code: expect.any(String),
  })
})

test.each(registryErrorNames)(
  '%s is refused with a code of the specification, or with TAG_INVALID',
  (name) => {
    class Example extends DomainError {
      override readonly name = name
    }
    const { status = 500, code = 'UNKNOWN' } = refusalFor(new Example('why')) ?? {}
    if (status < 500) expect([...specified, 'TAG_INVALID']).toContain(code)
  },
)

test('a missing image is missed in the words of this wire', () => {
  const repository = { account: parseAccountId('111122223333'), name: parseRepositoryName('team/app') }
  const error = new ImageNotFoundError(repository, { tag: 'v1' })
  expect(refusalFor(error)).toEqual({
    status: 404,
    code: 'MANIFEST_UNKNOWN',
    message: 'Requested image not found',
  })
})

test("the protocol's own refusals are answered as they are", () => {
  const refusal = {
    status: 416,
    code: 'BLOB_UPLOAD_INVALID',
    message: 'no',
    headers: { range: '0-4' },
  } as const
  expect(refusalFor(new OciError(refusal))).toBe(refusal)
})

test.each([new Error('bug'), new TypeError('bug'), 'text', undefined])(
  '%s is expected by nobody',
  (thrown) => {
    expect(refusalFor(thrown)).toBeUndefined()
  },
)
