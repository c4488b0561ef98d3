import { AccessDeniedError } from '../core/errors.ts'
import type { Permission } from './permission.ts'
import { isRoot, type Principal } from './principal.ts'

/**
 * The one decision point: an account's root may do everything in its own account, and nothing else is allowed to anybody.
 *
 * @throws AccessDeniedError in AWS's words unless the principal may do it
 * @see IAM user guide, "Policy evaluation logic" and "Access denied error messages"
 */
export function authorise(principal: Principal, permission: Permission): void {
  const reason = reasonToDeny(principal, permission)
  if (reason === undefined) return
  const { action, resource } = permission
  throw new AccessDeniedError(
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
  )
}

function reasonToDeny(principal: Principal, { action, owner }: Permission): string | undefined {
  if (principal.account !== owner) return `because no resource-based policy allows the ${action} action`
  if (!isRoot(principal)) return `because no identity-based policy allows the ${action} action`
  return undefined
}
