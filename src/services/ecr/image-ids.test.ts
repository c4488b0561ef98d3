import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DomainError } from '../../core/errors.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { readImageId } from './image-ids.ts'

const repository = {
  account: parseAccountId('111122223333'),
  region: parseRegion('us-east-1'),
  name: parseRepositoryName('team/app'),
}
const imageDigest = `sha256:${'ab'.repeat(32)}`

test.each([
  [{ imageTag: 'v1' }, { digest: undefined, tag: 'v1' }],
  [{ imageDigest }, { digest: imageDigest, tag: undefined }],
  [
    { imageDigest, imageTag: 'v1' },
    { digest: imageDigest, tag: 'v1' },
  ],
])('%j is read', (imageId, asked) => {
  expect(readImageId(imageId, repository)).toEqual(asked)
})

test.each([
  [{}, 'Invalid request parameters: both tag and digest cannot be null'],
  [
    { imageDigest: 'v1' },
    "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
  ],
  [
    { imageDigest: '' },
    "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
  ],
  [{ imageTag: 'v1/2' }, "Invalid request parameters: image tag should satisfy the regex '[a-zA-Z0-9-_.]+'"],
  [
    { imageDigest: 'sha256:abc' },
    "The image with imageId {imageDigest:'sha256:abc', imageTag:'null'} does not exist within the repository with name 'team/app' in the registry with id '111122223333'",
  ],
  [
    { imageTag: '-v1' },
    "The image with imageId {imageDigest:'null', imageTag:'-v1'} does not exist within the repository with name 'team/app' in the registry with id '111122223333'",
  ],
])('%j is refused: %s', (imageId, message) => {
  expect(() => readImageId(imageId, repository)).toThrow(message)
})

test('whatever text comes, an imageId is read or refused in the words of the domain', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (digest, tag) => {
      try {
        readImageId({ imageDigest: digest, imageTag: tag }, repository)
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError)
      }
    }),
  )
})
