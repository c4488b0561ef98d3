import { pullBlob } from '../../../registry/pull-through/pull-blob.ts'
import { blobAnswer } from '../blob-answer.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { importConsent } from '../import-consent.ts'

/** A blob's bytes, or some of them. @see distribution spec, "Pulling blobs" */
export const getBlob: RepositoryEndpoint = {
  permissions: onRepository('ecr:GetDownloadUrlForLayer'),
  async answer(request, context) {
    const { http, repository, argument } = request
    const consent = importConsent(request, context)
    const { blob, read } = await pullBlob(context.registry, repository, digestArgument(argument), consent)
    return blobAnswer(http, blob, read)
  },
}
