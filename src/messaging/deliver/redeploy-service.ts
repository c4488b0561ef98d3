import { beginDeployment } from '../../core/ecs/scheduling/begin-deployment.ts'
import { primaryOf } from '../../core/ecs/scheduling/service.ts'
import { parseServiceArn, serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import { isSameRegistry } from '../../core/names/registry-key.ts'
import type { Messaging } from '../messaging.ts'
import { parseRuleArn } from '../rules/rule-arn.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'

/**
 * Has an ECS service of the rule's own account and region deploy anew what it runs, so that it takes what its images' tags point at by now.
 * EventBridge has no such target: with it, a push redeploys what runs the tag.
 */
export async function redeployService(
  { metadata, newId, now }: Messaging,
  { rule: arn, target }: TargetContent,
): Promise<Outcome> {
  const rule = parseRuleArn(arn)
  const key = parseServiceArn(target.Arn)
  if (rule === undefined || key === undefined) return refused(`${target.Arn} names no service`)
  if (!isSameRegistry(rule, key.cluster)) {
    return refused('A rule redeploys services of its own account and region alone')
  }
  const found = await metadata.services.find(key)
  if (found?.status !== 'ACTIVE') return refused('Service was not ACTIVE.')
  return {
    kind: 'delivered',
    answer: `The service ${key.name} deploys anew`,
    async effect(tx) {
      const known = await tx.services.lock(key)
      // Deleted meanwhile, it has nothing to deploy.
      if (known?.status !== 'ACTIVE') return
      const at = now()
      const given = { uuid: newId(), at: at.getTime() }
      await tx.services.put(beginDeployment(known, primaryOf(known), given))
      await tx.jobs.add(serviceJob(key), at)
    },
  }
}
