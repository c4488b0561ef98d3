import { type Entity, entityArn } from '../../core/iam/entity.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import { ConditionContext } from '../../core/policies/condition-context.ts'
import { decide } from '../../core/policies/decide.ts'
import { readResourcePolicy } from '../resources/read-resource-policy.ts'

/**
 * Whether a role's trust policy lets one of AWS's services assume the role.
 *
 * @param service as it calls itself: `ecs-tasks.amazonaws.com`
 * @param source what the service does it for, so that a policy can tell (`aws:SourceArn`, `aws:SourceAccount`)
 * @see IAM user guide, "Create a role to delegate permissions to an AWS service", "The confused deputy problem"
 */
export function trustsService(
  role: Entity,
  service: string,
  source: { readonly arn: string; readonly account: AccountId },
): boolean {
  const { trustPolicy } = role.details
  if (trustPolicy === undefined) return false
  const request = {
    caller: { kind: 'service', name: service },
    action: 'sts:AssumeRole',
    resource: entityArn(role),
    owner: role.account,
    context: new ConditionContext({
      'aws:SourceArn': source.arn,
      'aws:SourceAccount': source.account,
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': service,
    }),
  } as const
  const trust = readResourcePolicy(trustPolicy, `the trust policy of role ${role.name}`, 'trust')
  return decide(request, { identity: [], resource: [trust] }).allowed
}
