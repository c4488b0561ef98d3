import { isChange } from '../access/changes.ts'
import type { Permission } from '../access/permission.ts'
import type { Asker } from '../access/principal.ts'
import type { Surroundings } from '../access/surroundings.ts'
import type { Allowed } from '../core/policies/decide.ts'
import { AccessDeniedError } from '../core/policies/errors.ts'
import type { Asked, ExchangeNotes } from '../observability/exchange-notes.ts'

/** The decision point. @throws AccessDeniedError unless the caller may do it */
export type Authorise = (question: {
  readonly who: Asker
  readonly permission: Permission
  readonly surroundings: Surroundings
}) => Promise<Allowed>

/**
 * Lets a caller do what a request needs, at every door, and notes what that is and what was decided: refused or done, the audit tells.
 * A request that turns out to need more asks again.
 *
 * @throws AccessDeniedError for the first permission that is lacking
 */
export async function permit(
  permissions: readonly Permission[],
  request: {
    readonly who: Asker
    readonly surroundings: Surroundings
    readonly notes: ExchangeNotes
    readonly authorise: Authorise
  },
): Promise<void> {
  const { who, surroundings, notes, authorise } = request
  const pending = permissions.map((permission) => ({ permission, asked: askedOf(permission) }))
  for (const { asked } of pending) notes.asked.push(asked)
  for (const { permission, asked } of pending) {
    try {
      asked.by = (await authorise({ who, permission, surroundings })).by
      asked.decision = 'allowed'
    } catch (error) {
      if (error instanceof AccessDeniedError) noteDenial(asked, error)
      throw error
    }
  }
}

function askedOf({ action, resource, owner }: Permission): Asked {
  return { action, resource, owner, isChange: isChange(action) }
}

function noteDenial(asked: Asked, { by }: AccessDeniedError): void {
  asked.decision = 'denied'
  asked.by = by
}
