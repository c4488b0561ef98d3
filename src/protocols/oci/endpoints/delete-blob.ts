import { deleteBlob as deleteFromRepository } from '../../../registry/delete-blob.ts'
import { apiVersion } from '../answers.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/** Takes a blob that no image needs out of the repository. @see distribution spec, "Deleting Blobs" */
export const deleteBlob: RepositoryEndpoint = {
  permissions: onRepository('ecr:BatchDeleteImage'),
  async answer({ repository, argument }, { registry }) {
    await deleteFromRepository(registry, repository, digestArgument(argument))
    return { status: 202, headers: apiVersion }
  },
}
