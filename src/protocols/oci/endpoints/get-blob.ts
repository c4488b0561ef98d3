import { readBlob, statBlob } from '../../../registry/read-blob.ts'
import { blobAnswer } from '../blob-answer.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/** A blob's bytes, or some of them. @see distribution spec, "Pulling blobs" */
export const getBlob: RepositoryEndpoint = {
  permissions: onRepository('ecr:GetDownloadUrlForLayer'),
  async answer({ http, repository, argument }, { registry }) {
    const digest = digestArgument(argument)
    const blob = await statBlob(registry, repository, digest)
    return blobAnswer(http, blob, (range) => readBlob(registry, repository, digest, range))
  },
}
