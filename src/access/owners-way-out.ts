import type { Permission } from './permission.ts'
import { type Anonymous, isRoot, type Principal } from './principal.ts'

const waysOut: ReadonlySet<string> = new Set([
  'ecr:GetRepositoryPolicy',
  'ecr:DeleteRepositoryPolicy',
  'ecr:GetRegistryPolicy',
  'ecr:DeleteRegistryPolicy',
])

/**
 * Whether it is the account's root reading or removing a policy of its own registry. No policy of a resource can forbid that: on
 * AWS support helps whoever has locked everybody out, and here nobody could.
 */
export function isOwnersWayOut(who: Principal | Anonymous, { action, owner }: Permission): boolean {
  return waysOut.has(action) && !('anonymous' in who) && who.account === owner && isRoot(who)
}
