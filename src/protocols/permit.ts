import { isChange } from '../access/changes.ts'
import type { Permission } from '../access/permission.ts'
import type { Principal } from '../access/principal.ts'
import type { ExchangeNotes } from '../observability/exchange-notes.ts'

/** The decision point. @throws AccessDeniedError unless the principal may do it */
export type Authorise = (principal: Principal, permission: Permission) => void

/**
 * Lets a caller do what a request needs, at every door, and notes what it would change: refused or done, the audit log tells of it.
 * A request that turns out to need more asks again.
 *
 * @throws AccessDeniedError for the first permission that is lacking
 */
export function permit(
  caller: Principal,
  permissions: readonly Permission[],
  { notes, authorise }: { readonly notes: ExchangeNotes; readonly authorise: Authorise },
): void {
  const changes = permissions.filter(({ action }) => isChange(action))
  notes.changes = [...notes.changes, ...changes.map(({ action, resource }) => ({ action, resource }))]
  for (const permission of permissions) authorise(caller, permission)
}
