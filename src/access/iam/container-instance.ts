import type { AccountId } from '../../core/names/account-id.ts'
import type { NamedPolicy } from '../../core/policies/decide.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Principal } from '../principal.ts'

/** Of nothing that anybody has made: the ids of those are random. */
const instanceId = 'AROAECSINSTANCE000000'

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
 * own registry has and policies of repositories don't deny it, and write output to its log groups, and nothing else. Where the account has a
 * role of that name, what policies say of the role holds for it.
 *
 * @see Amazon ECS developer guide, "Amazon ECS container instance IAM role"
 */
export async function containerInstance(
  { iam }: Pick<MetadataReader, 'iam'>,
  account: AccountId,
): Promise<Principal> {
  const name = 'ecsInstanceRole'
  const arn = `arn:aws:iam::${account}:role/${name}`
  const role = await iam.entity(account, 'role', name)
  return {
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/berth`,
    userId: `${instanceId}:berth`,
    role: { arn, id: role?.id ?? arn },
  }
}

/** What a container instance may, or undefined for anybody else. */
export function instancePolicies({ userId }: Principal): readonly NamedPolicy[] | undefined {
  return userId.startsWith(`${instanceId}:`) ? [policy] : undefined
}
