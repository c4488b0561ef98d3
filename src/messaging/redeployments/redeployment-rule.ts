import { createHash } from 'node:crypto'
import { shortServiceName } from '../../core/ecs/scheduling/service-key.ts'
import { type Redeployment, redeploymentPrefix } from '../../core/events/redeployment.ts'
import { defaultBus, type RuleKey } from '../../core/events/rule.ts'

/** EventBridge's names are short, those of repositories aren't. */
const digits = 20

/** The rule on the default bus that redeploys: the same for the same tag and service. */
export function redeploymentRule(redeployment: Redeployment): RuleKey {
  const { account, region } = redeployment.service.cluster
  const digest = createHash('sha256').update(describeRedeployment(redeployment)).digest('hex')
  return { account, region, bus: defaultBus, name: redeploymentPrefix + digest.slice(0, digits) }
}

/** `team/app:prod demo/web`: tag and service, as lists of rules show them. */
export function describeRedeployment({ repositoryName, tag, service }: Redeployment): string {
  return `${repositoryName}:${tag} ${shortServiceName(service)}`
}
