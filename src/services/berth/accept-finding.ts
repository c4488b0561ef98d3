import { InvalidParameterError } from '../../core/errors.ts'
import type { Acceptance, AcceptanceStatus } from '../../core/scanning/acceptance.ts'
import { putAcceptances } from '../../registry/findings/put-acceptances.ts'
import type { BerthAction } from './berth-action.ts'
import { acceptanceShape } from './finding-shapes.ts'
import { onScope, requestedScope } from './requested-scope.ts'
import type { AcceptFindingRequest } from './shapes.ts'

/** Accepts a vulnerability, here or there or everywhere. */
export const acceptFinding: BerthAction<'AcceptFinding'> = {
  operation: 'AcceptFinding',
  permissions: onScope('berth:AcceptFinding'),
  async run(input, call, { registry }) {
    const now = registry.now()
    const { reason, justification, expiresAt } = input
    if (expiresAt !== undefined && expiresAt <= now)
      throw new InvalidParameterError('expiresAt', 'Member must lie in the future')
    const acceptance: Acceptance = {
      ...requestedScope(input),
      status: statusOf(input),
      reason,
      justification,
      expiresAt,
      by: call.caller.arn,
      at: now,
    }
    await putAcceptances(registry, call.registry, [acceptance])
    return { acceptance: acceptanceShape(acceptance, now) }
  },
}

/** @throws InvalidParameterError at `justification`: only what is not affected has one */
function statusOf({ status, justification }: AcceptFindingRequest): AcceptanceStatus {
  const meant = status ?? (justification === undefined ? 'RISK_ACCEPTED' : 'NOT_AFFECTED')
  if (justification !== undefined && meant !== 'NOT_AFFECTED')
    throw new InvalidParameterError('justification', 'Only the status NOT_AFFECTED has a justification')
  return meant
}
