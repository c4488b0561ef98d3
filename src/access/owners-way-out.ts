import type { Permission } from './permission.ts'
import { type Asker, isPrincipalCaller, isRoot } from './principal.ts'

const waysOut: ReadonlySet<string> = new Set([
  'ecr:GetRepositoryPolicy',
  'ecr:DeleteRepositoryPolicy',
  'ecr:GetRegistryPolicy',
  'ecr:DeleteRegistryPolicy',
  'sns:GetTopicAttributes',
  'sns:SetTopicAttributes',
  'sqs:GetQueueAttributes',
  'sqs:SetQueueAttributes',
  'events:DescribeEventBus',
  'events:RemovePermission',
])

/**
 * Whether it is the account's root reading or removing a policy of its own resource. No policy of a resource can forbid that: on
 * AWS support helps whoever has locked everybody out, and here nobody could.
 */
export function isOwnersWayOut(who: Asker, { action, owner }: Permission): boolean {
  return waysOut.has(action) && isPrincipalCaller(who) && who.account === owner && isRoot(who)
}
