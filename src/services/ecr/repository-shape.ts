import type { Repository as RepositoryShape } from '@aws-sdk/client-ecr'
import { repositoryArn } from '../../core/names/arn.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { RegistryAddresses } from './registry-addresses.ts'
import { tagMutabilityMembers } from './tag-mutability-members.ts'

/** A repository as responses show it. */
export function repositoryShape(repository: Repository, addresses: RegistryAddresses): RepositoryShape {
  const { type: encryptionType, kmsKey } = repository.encryption
  return {
    repositoryArn: repositoryArn(repository),
    registryId: repository.account,
    repositoryName: repository.name,
    repositoryUri: `${addresses.host(repository)}/${repository.name}`,
    createdAt: repository.createdAt,
    ...tagMutabilityMembers(repository.tagMutability),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: { encryptionType, kmsKey },
  }
}
