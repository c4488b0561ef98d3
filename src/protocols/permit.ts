import { isChange } from '../access/changes.ts'
import type { Permission } from '../access/permission.ts'
import type { Anonymous, Principal } from '../access/principal.ts'
import type { Surroundings } from '../access/surroundings.ts'
import type { ExchangeNotes } from '../observability/exchange-notes.ts'

/** The decision point. @throws AccessDeniedError unless the caller may do it */
export type Authorise = (question: {
  readonly who: Principal | Anonymous
  readonly permission: Permission
  readonly surroundings: Surroundings
}) => Promise<void>

/**
 * Lets a caller do what a request needs, at every door, and notes what it would change: refused or done, the audit log tells of it.
 * A request that turns out to need more asks again.
 *
 * @throws AccessDeniedError for the first permission that is lacking
 */
export async function permit(
  permissions: readonly Permission[],
  request: {
    readonly who: Principal | Anonymous
    readonly surroundings: Surroundings
    readonly notes: ExchangeNotes
    readonly authorise: Authorise
  },
): Promise<void> {
  const { who, surroundings, notes, authorise } = request
  const changes = permissions.filter(({ action }) => isChange(action))
  notes.changes = [...notes.changes, ...changes.map(({ action, resource }) => ({ action, resource }))]
  for (const permission of permissions) await authorise({ who, permission, surroundings })
}
