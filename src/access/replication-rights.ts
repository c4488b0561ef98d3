import type { AccountId } from '../core/names/account-id.ts'
import { repositoryArn } from '../core/names/arn.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Authoriser } from './authoriser.ts'
import { rootOf } from './principal.ts'
import type { Surroundings } from './surroundings.ts'

/** No client asks: this server replicates by itself, and nothing of it leaves the machine. */
const byItself: Surroundings = { sourceIp: undefined, isSecure: true }

/**
 * Tells whether the owner of a repository lets another account's registry replicate into it, or make it: what the policies say of
 * that account itself.
 *
 * @see Amazon ECR user guide, "Private registry permissions": a registry policy that grants replication names the source account
 */
export function replicationRights(authoriser: Authoriser) {
  return async (asked: {
    readonly source: AccountId
    readonly action: 'ecr:ReplicateImage' | 'ecr:CreateRepository'
    readonly repository: RepositoryKey
  }): Promise<boolean> => {
    const { source, action, repository } = asked
    const owner = repository.account
    const permission = { action, resource: repositoryArn(repository), owner, within: repository }
    const { allowed } = await authoriser.decide({
      who: rootOf(source),
      permission,
      surroundings: byItself,
    })
    return allowed
  }
}
