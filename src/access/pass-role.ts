import type { AccountId } from '../core/names/account-id.ts'
import { accountIn } from '../core/names/arn.ts'
import type { Permission } from './permission.ts'

/**
 * What handing a role to a service needs: the right to pass that role, so that nobody gets more than their own rights by way of it. A
 * role may be named without its ARN; it is the account's own then. Nobody passes a role of another account.
 *
 * @param service as it calls itself: `ecs-tasks.amazonaws.com`
 * @see IAM user guide, "Grant a user permissions to pass a role to an AWS service"
 */
export function passRole(role: string, account: AccountId, service: string): Permission {
  const resource = role.startsWith('arn:') ? role : `arn:aws:iam::${account}:role/${role}`
  const owner = accountIn(resource) ?? account
  return { action: 'iam:PassRole', resource, owner, context: { 'iam:PassedToService': service } }
}
