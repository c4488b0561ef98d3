import { shortServiceName } from '../../core/ecs/scheduling/service-key.ts'
import {
  type Redeployment,
  RedeploymentNotFoundError,
  redeploymentTarget,
} from '../../core/events/redeployment.ts'
import type { Messaging } from '../messaging.ts'
import { deleteRule } from '../rules/delete-rule.ts'
import { removeTargets } from '../rules/put-targets.ts'
import { redeploymentRule } from './redeployment-rule.ts'

/**
 * Has pushes of a tag redeploy a service no longer.
 *
 * @throws RedeploymentNotFoundError when they don't
 * @throws EventsValidationError when the rule was given other targets, which it keeps
 */
export async function deleteRedeployment(messaging: Messaging, redeployment: Redeployment): Promise<void> {
  const rule = redeploymentRule(redeployment)
  if ((await messaging.metadata.rules.find(rule)) === undefined) throw notFound(redeployment)
  await removeTargets(messaging, rule, [redeploymentTarget(redeployment).Id])
  await deleteRule(messaging, rule)
}

function notFound({ repositoryName, tag, service }: Redeployment): RedeploymentNotFoundError {
  return new RedeploymentNotFoundError(`${repositoryName}:${tag}`, shortServiceName(service))
}
