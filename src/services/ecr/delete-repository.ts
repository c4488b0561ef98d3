import type { DeleteRepositoryRequest, DeleteRepositoryResponse } from '@aws-sdk/client-ecr'
import { deleteRepository as remove } from '../../registry/delete-repository.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { repositoryShape } from './repository-shape.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Deletes a repository and answers with what it was. Any image in it stands in the way, unless `force` is set.
 *
 * @see Amazon ECR API reference, DeleteRepository
 */
export const deleteRepository: EcrAction<DeleteRepositoryRequest, DeleteRepositoryResponse> = {
  operation: 'DeleteRepository',
  permissions: onRepository('ecr:DeleteRepository'),
  async run(input, call, { registry, registryAddresses }) {
    const images = input.force === true ? 'delete' : 'refuse'
    const repository = await remove(registry, requestedRepository(input, call), { images })
    return { repository: repositoryShape(repository, registryAddresses) }
  },
}
