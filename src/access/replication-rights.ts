import { AccessDeniedError } from '../core/errors.ts'
import type { AccountId } from '../core/names/account-id.ts'
import { repositoryArn } from '../core/names/arn.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { authorise } from './authorise.ts'
import { rootOf } from './principal.ts'

/**
 * Whether the owner of a repository lets another account's registry replicate into it, or make it: what the policies say of that
 * account itself.
 *
 * @see Amazon ECR user guide, "Private registry permissions": a registry policy that grants replication names the source account
 */
export async function mayReplicate(asked: {
  readonly source: AccountId
  readonly action: 'ecr:ReplicateImage' | 'ecr:CreateRepository'
  readonly repository: RepositoryKey
}): Promise<boolean> {
  const { source, action, repository } = asked
  try {
    authorise(rootOf(source), { action, resource: repositoryArn(repository), owner: repository.account })
    return true
  } catch (error) {
    if (error instanceof AccessDeniedError) return false
    throw error
  }
}
