import { relyOnBlob } from '../../../registry/rely-on-blobs.ts'
import { blobHeadAnswer } from '../blob-answer.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/** Whether the repository has a blob, and how long it is; it stays for the push that follows. @see distribution spec, "Checking if content exists in the registry" */
export const headBlob: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchCheckLayerAvailability'),
  async answer({ http, repository, argument }, { registry }) {
    return blobHeadAnswer(http, await relyOnBlob(registry, repository, digestArgument(argument)))
  },
}
