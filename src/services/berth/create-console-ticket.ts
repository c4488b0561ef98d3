import { issueConsoleTicket } from '../../access/iam/console-tickets.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** What `berth console` makes its link of. */
export const createConsoleTicket: BerthAction<'CreateConsoleTicket'> = {
  operation: 'CreateConsoleTicket',
  permissions: onRegistry('berth:CreateConsoleTicket'),
  async run(_input, { caller, registry }, { iam }) {
    return { ...(await issueConsoleTicket(iam, caller)), region: registry.region }
  },
}
