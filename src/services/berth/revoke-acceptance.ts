import { deleteAcceptance } from '../../registry/findings/put-acceptances.ts'
import type { BerthAction } from './berth-action.ts'
import { onScope, requestedScope } from './requested-scope.ts'

/** Takes an acceptance back. */
export const revokeAcceptance: BerthAction<'RevokeAcceptance'> = {
  operation: 'RevokeAcceptance',
  permissions: onScope('berth:RevokeAcceptance'),
  async run(input, call, { registry }) {
    return { revoked: await deleteAcceptance(registry, call.registry, requestedScope(input)) }
  },
}
