import type { Blob } from '../../../core/images/blob.ts'
import { LayerNotFoundError } from '../../../core/images/layer-errors.ts'
import { findPullableBlob } from '../../../registry/pull-through/pull-blob.ts'
import { relyOnBlob } from '../../../registry/rely-on-blobs.ts'
import { blobHeadAnswer } from '../blob-answer.ts'
import { digestArgument } from '../digest-argument.ts'
import {
  type OciContext,
  onRepository,
  type RepositoryEndpoint,
  type RepositoryRequest,
} from '../endpoint.ts'

/**
 * Whether the repository has a blob, or would bring it from its upstream, and how long it is; what it has stays for the push that
 * follows.
 *
 * @see distribution spec, "Checking if content exists in the registry"
 */
export const headBlob: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchCheckLayerAvailability'),
  answer: async (request, context) => blobHeadAnswer(request.http, await findBlob(request, context)),
}

async function findBlob(
  { repository, argument }: RepositoryRequest,
  { registry }: OciContext,
): Promise<Blob> {
  const digest = digestArgument(argument)
  try {
    return await relyOnBlob(registry, repository, digest)
  } catch (error) {
    if (!(error instanceof LayerNotFoundError)) throw error
    const pullable = await findPullableBlob(registry, repository, digest)
    if (pullable === undefined) throw error
    return pullable
  }
}
