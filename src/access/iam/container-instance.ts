import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { NamedPolicy } from '../../core/policies/decide.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { Principal } from '../principal.ts'

/** Of no role that anybody has made: the ids of those are random. */
const instanceRoleId = 'AROAECSINSTANCE000000'

const pullOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly'

/**
 * Who pulls for tasks without an execution role: the machine they run on, as on container instances of ECS. It may pull what the account's
 * own registry has and policies of repositories don't deny it, and nothing else.
 *
 * @see Amazon ECS developer guide, "Amazon ECS container instance IAM role"
 */
export function containerInstance(account: AccountId): Principal {
  const name = 'ecsInstanceRole'
  return {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/berth`,
    userId: `${instanceRoleId}:berth`,
    role: { arn: `arn:aws:iam::${account}:role/${name}`, id: instanceRoleId },
  }
}

/** What a container instance may, or undefined for anybody else. */
export function instancePolicies({ role }: Principal): readonly NamedPolicy[] | undefined {
  const document = awsManagedPolicies.get(pullOnly)?.document
  if (role?.id !== instanceRoleId || document === undefined) return undefined
  return [{ name: pullOnly, document: parsePolicy(document, 'identity') }]
}
