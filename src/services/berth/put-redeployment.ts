import { serviceArn } from '../../core/ecs/scheduling/service-key.ts'
import { putRedeployment as put } from '../../messaging/redeployments/put-redeployment.ts'
import { onService } from '../ecs/requested-service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRedeployment, requestedRedeployment } from './requested-redeployment.ts'

/** Has each push of a tag redeploy a service. */
export const putRedeployment: BerthAction<'PutRedeployment'> = {
  operation: 'PutRedeployment',
  permissions(input, call) {
    const redeployment = requestedRedeployment(input, call)
    return [
      ...onRedeployment('berth:PutRedeployment', redeployment, {
        onRule: ['events:PutRule', 'events:PutTargets'],
        context: { 'events:TargetArn': [serviceArn(redeployment.service)] },
      }),
      onService('ecs:UpdateService', redeployment.service),
    ]
  },
  async run(input, call, { messaging }) {
    await put(messaging, requestedRedeployment(input, call), call.caller.account)
    return {}
  },
}
