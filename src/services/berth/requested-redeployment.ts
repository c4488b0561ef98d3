import type { Permission } from '../../access/permission.ts'
import { parseService, serviceArn } from '../../core/ecs/scheduling/service-key.ts'
import type { Redeployment } from '../../core/events/redeployment.ts'
import { ruleArn } from '../../core/events/rule.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { parseTag } from '../../core/names/tag.ts'
import { redeploymentRule } from '../../messaging/redeployments/redeployment-rule.ts'
import { requestedCluster } from '../ecs/requested-cluster.ts'
import type { Call } from '../service.ts'
import type { Redeployment as RedeploymentShape } from './shapes.ts'

type NamesRedeployment = Pick<RedeploymentShape, 'repositoryName' | 'imageTag' | 'cluster' | 'serviceName'>

/** The redeployment that a request names. */
export function requestedRedeployment(input: NamesRedeployment, call: Call): Redeployment {
  const service = parseService(input.serviceName, requestedCluster(input, call))
  return { repositoryName: parseRepositoryName(input.repositoryName), tag: parseTag(input.imageTag), service }
}

/** Berth's own right, on the service, and those that the same by hand would need of EventBridge, on the rule. */
export function onRedeployment(
  action: `berth:${string}`,
  redeployment: Redeployment,
  {
    onRule,
    context = {},
  }: { readonly onRule: readonly `events:${string}`[]; readonly context?: Permission['context'] },
): readonly Permission[] {
  const { account: owner } = redeployment.service.cluster
  const rule = ruleArn(redeploymentRule(redeployment))
  return [
    { action, resource: serviceArn(redeployment.service), owner },
    ...onRule.map((each) => ({ action: each, resource: rule, owner, context })),
  ]
}
