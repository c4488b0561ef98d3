import { EcsServiceNotActiveError, EcsServiceNotFoundError } from '../../core/ecs/errors.ts'
import { type Redeployment, redeploymentPattern, redeploymentTarget } from '../../core/events/redeployment.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { Messaging } from '../messaging.ts'
import { putRule } from '../rules/put-rule.ts'
import { putTargets } from '../rules/put-targets.ts'
import { describeRedeployment, redeploymentRule } from './redeployment-rule.ts'

/**
 * Has each push of a tag redeploy a service, by a rule of EventBridge; one that is there already is enabled again and as it should be.
 *
 * @throws EcsServiceNotFoundError, EcsServiceNotActiveError
 * @throws EventLimitExceededError for rules per bus
 */
export async function putRedeployment(
  messaging: Messaging,
  redeployment: Redeployment,
  createdBy: AccountId,
): Promise<void> {
  const service = await messaging.metadata.services.find(redeployment.service)
  if (service === undefined) throw new EcsServiceNotFoundError()
  if (service.status !== 'ACTIVE') throw new EcsServiceNotActiveError()
  const rule = redeploymentRule(redeployment)
  const description = describeRedeployment(redeployment)
  const pattern = redeploymentPattern(redeployment)
  await putRule(messaging, { ...rule, pattern, state: 'ENABLED', description, createdBy, tags: new Map() })
  await putTargets(messaging, rule, [redeploymentTarget(redeployment)])
}
