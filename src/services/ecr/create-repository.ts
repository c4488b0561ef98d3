import type { CreateRepositoryRequest, CreateRepositoryResponse } from '@aws-sdk/client-ecr'
import { creationPermissions } from '../../access/creation-permissions.ts'
import { createRepository as create } from '../../registry/create-repository.ts'
import type { EcrAction } from './ecr-action.ts'
import { readEncryption } from './encryption-members.ts'
import { repositoryShape } from './repository-shape.ts'
import { requestedRepository } from './requested-repository.ts'
import { readResourceTags } from './resource-tags.ts'
import { readTagMutability } from './tag-mutability-members.ts'

/**
 * Creates a repository. A second call fails, even with the same settings.
 *
 * @see Amazon ECR API reference, CreateRepository
 */
export const createRepository: EcrAction<CreateRepositoryRequest, CreateRepositoryResponse> = {
  operation: 'CreateRepository',
  permissions: (input, call) =>
    creationPermissions(requestedRepository(input, call), readResourceTags(input.tags)),
  async run(input, call, { registry, registryAddresses }) {
    const repository = await create(registry, {
      key: requestedRepository(input, call),
      tagMutability: readTagMutability(input),
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
      encryption: readEncryption(input.encryptionConfiguration),
      resourceTags: readResourceTags(input.tags),
    })
    return { repository: repositoryShape(repository, registryAddresses) }
  },
}
