import { deleteRedeployment as remove } from '../../messaging/redeployments/delete-redeployment.ts'
import type { BerthAction } from './berth-action.ts'
import { onRedeployment, requestedRedeployment } from './requested-redeployment.ts'

/** Has pushes of a tag redeploy a service no longer. */
export const deleteRedeployment: BerthAction<'DeleteRedeployment'> = {
  operation: 'DeleteRedeployment',
  permissions: (input, call) =>
    onRedeployment('berth:DeleteRedeployment', requestedRedeployment(input, call), {
      onRule: ['events:RemoveTargets', 'events:DeleteRule'],
    }),
  async run(input, call, { messaging }) {
    await remove(messaging, requestedRedeployment(input, call))
    return {}
  },
}
