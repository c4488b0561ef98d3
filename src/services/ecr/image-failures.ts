import type { ImageFailure, ImageFailureCode, ImageIdentifier } from '@aws-sdk/client-ecr'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import type { Checked } from '../checked.ts'

const failureCodes: Readonly<Record<string, ImageFailureCode>> = {
  MissingDigestAndTagError: 'MissingDigestAndTag',
  InvalidImageDigestError: 'InvalidImageDigest',
  InvalidImageTagError: 'InvalidImageTag',
  ImageInaccessibleError: 'ImageInaccessible',
  ImageNotFoundError: 'ImageNotFound',
  PullRefusedByGateError: 'ImageInaccessible',
  UpstreamAccessDeniedError: 'UpstreamAccessDenied',
  UpstreamTooManyRequestsError: 'UpstreamTooManyRequests',
  UpstreamUnavailableError: 'UpstreamUnavailable',
  ImageTagDoesNotMatchDigestError: 'ImageTagDoesNotMatchDigest',
  ImageReferencedByManifestListError: 'ImageReferencedByManifestList',
}

/**
 * How one image of a batch that could not be handled stands in `failures[]`, under the imageId exactly as asked.
 *
 * @throws whatever `error` is unless it concerns that one image alone: it is then the answer to the whole request
 */
export function imageFailure(imageId: Checked<ImageIdentifier>, error: unknown): ImageFailure {
  const failureCode = error instanceof Error ? failureCodes[error.name] : undefined
  if (!(error instanceof Error) || failureCode === undefined) throw error
  return { imageId, failureCode, failureReason: reason(error) }
}

function reason(error: Error): string {
  return error instanceof ImageNotFoundError ? 'Requested image not found' : error.message
}
