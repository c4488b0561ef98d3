import type { AccountId } from '../../core/names/account-id.ts'
import type { NamedPolicy } from '../../core/policies/decide.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { Principal } from '../principal.ts'

/** Of no role that anybody has made: the ids of those are random. */
const instanceRoleId = 'AROAECSINSTANCE000000'

/** @see AWS managed policy reference, AmazonEC2ContainerServiceforEC2Role: what of it this server offers */
const policy: NamedPolicy = {
  name: 'arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role',
  document: parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'ecr:GetAuthorizationToken',
            'ecr:BatchCheckLayerAvailability',
            'ecr:GetDownloadUrlForLayer',
            'ecr:BatchGetImage',
            'logs:CreateLogStream',
            'logs:PutLogEvents',
          ],
          Resource: '*',
        },
      ],
    }),
    'identity',
  ),
}

/**
 * Who pulls for tasks without an execution role: the machine they run on, as on container instances of ECS. It may pull what the account's
 * own registry has and policies of repositories don't deny it, and write output to its log groups, and nothing else.
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
  return role?.id === instanceRoleId ? [policy] : undefined
}
